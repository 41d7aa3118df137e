package dev.tandem.knowledge.filter;

import dev.tandem.knowledge.document.FieldValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes filters in the language that {@link FilterParser} reads. */
final class FilterWriter {
    private static final Pattern BARE = Pattern.compile("[a-z0-9_.-]+");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "contains", "exists");

    private FilterWriter() {}

    static String write(Filter filter) {
        return switch (filter) {
            case Filter.All() -> "";
            case Filter.Comparison(String field, Filter.Operator operator, FieldValue value) ->
                field(field) + " " + operator.sign() + " " + value(value);
            case Filter.In(String field, List<FieldValue> values) ->
                field(field) + " in ("
                        + values.stream().map(FilterWriter::value).collect(Collectors.joining(", ")) + ")";
            case Filter.Contains(String field, String text) -> field(field) + " contains " + quoted(text);
            case Filter.Exists(String field) -> field(field) + " exists";
            case Filter.And(List<Filter> parts) -> joined(parts, " and ");
            case Filter.Or(List<Filter> parts) -> joined(parts, " or ");
            case Filter.Not(Filter part) -> "not " + part(part);
        };
    }

    private static String joined(List<Filter> parts, String word) {
        return parts.stream().map(FilterWriter::part).collect(Collectors.joining(word));
    }

    private static String part(Filter filter) {
        return filter instanceof Filter.And || filter instanceof Filter.Or ? "(" + write(filter) + ")" : write(filter);
    }

    private static String field(String name) {
        return BARE.matcher(name).matches() && !KEYWORDS.contains(name) ? name : quoted(name);
    }

    private static String value(FieldValue value) {
        return switch (value) {
            case FieldValue.Text(String text) -> quoted(text);
            // Never with an exponent, which the language does not have.
            case FieldValue.Numeric(double number) ->
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case FieldValue.Date date -> date.display();
            case FieldValue.Flag flag -> flag.display();
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
