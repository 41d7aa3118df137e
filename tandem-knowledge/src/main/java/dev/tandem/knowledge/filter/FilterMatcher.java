package dev.tandem.knowledge.filter;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What filters mean, on one document's metadata in memory: the definition that every index must agree with. */
public final class FilterMatcher {
    /** So many characters of a text are compared. */
    private static final int COMPARED = 8_000;

    private FilterMatcher() {}

    /** Whether a document passes a filter. */
    public static boolean matches(Filter filter, String path, Metadata metadata) {
        return switch (filter) {
            case Filter.All() -> true;
            case Filter.Comparison(String field, Filter.Operator operator, FieldValue value) -> {
                var values = values(field, path, metadata);
                yield operator == Filter.Operator.NOT_EQUAL
                        ? values.stream().noneMatch(each -> compares(each, Filter.Operator.EQUAL, value))
                        : values.stream().anyMatch(each -> compares(each, operator, value));
            }
            case Filter.In(String field, List<FieldValue> wanted) ->
                values(field, path, metadata).stream()
                        .anyMatch(each ->
                                wanted.stream().anyMatch(value -> compares(each, Filter.Operator.EQUAL, value)));
            case Filter.Contains(String field, String text) ->
                values(field, path, metadata).stream()
                        .anyMatch(each -> each instanceof FieldValue.Text(String value)
                                && folded(value).contains(folded(text)));
            case Filter.Exists(String field) -> !values(field, path, metadata).isEmpty();
            case Filter.And(List<Filter> parts) -> parts.stream().allMatch(part -> matches(part, path, metadata));
            case Filter.Or(List<Filter> parts) -> parts.stream().anyMatch(part -> matches(part, path, metadata));
            case Filter.Not(Filter part) -> !matches(part, path, metadata);
        };
    }

    /** The fields that a filter names, for telling the user which of them no document has. */
    public static SortedSet<String> fields(Filter filter) {
        var fields = new TreeSet<String>();
        collect(filter, fields);
        return fields;
    }

    private static void collect(Filter filter, SortedSet<String> fields) {
        switch (filter) {
            case Filter.All() -> {}
            case Filter.Comparison comparison -> fields.add(comparison.field());
            case Filter.In in -> fields.add(in.field());
            case Filter.Contains contains -> fields.add(contains.field());
            case Filter.Exists exists -> fields.add(exists.field());
            case Filter.And(List<Filter> parts) -> parts.forEach(part -> collect(part, fields));
            case Filter.Or(List<Filter> parts) -> parts.forEach(part -> collect(part, fields));
            case Filter.Not(Filter part) -> collect(part, fields);
        }
    }

    private static List<FieldValue> values(String field, String path, Metadata metadata) {
        return field.equals(Filter.PATH) ? List.of(new FieldValue.Text(path)) : metadata.values(field);
    }

    /** Values of different types do not compare. */
    private static boolean compares(FieldValue actual, Filter.Operator operator, FieldValue wanted) {
        return switch (actual) {
            case FieldValue.Text(String text) ->
                wanted instanceof FieldValue.Text(String other)
                        && operator.holds(compareText(folded(text), folded(other)));
            case FieldValue.Numeric(double number) ->
                wanted instanceof FieldValue.Numeric(double other)
                        && operator.holds(Double.compare(unsigned(number), unsigned(other)));
            case FieldValue.Date(java.time.LocalDate date) ->
                wanted instanceof FieldValue.Date(java.time.LocalDate other) && operator.holds(date.compareTo(other));
            case FieldValue.Flag(boolean flag) ->
                wanted instanceof FieldValue.Flag(boolean other) && operator.holds(Boolean.compare(flag, other));
        };
    }

    /** In the order of code points, which is that of the bytes in UTF-8 and so of every index. */
    private static int compareText(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** Zero without a sign, for a person knows only one. */
    public static double unsigned(double number) {
        return number == 0 ? 0 : number;
    }

    /**
     * Text as filters compare it: each character without its case, and no more than the first 8,000, so that an index
     * with terms of limited length can do the same.
     */
    public static String folded(String text) {
        var folded = new StringBuilder(Math.min(text.length(), COMPARED));
        for (int at = 0; at < text.length() && folded.length() < COMPARED; ) {
            int character = text.codePointAt(at);
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(character)));
            at += Character.charCount(character);
        }
        return folded.toString();
    }
}
