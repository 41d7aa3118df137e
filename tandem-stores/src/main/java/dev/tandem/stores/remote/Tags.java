package dev.tandem.stores.remote;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Metadata as texts that are equal or not, so that a server that compares texts can filter by fields of any name, type and
 * number of values: {@code t:color=red}, {@code n:price=12.5}, {@code d:updated=2025-01-01}, {@code b:open=true}, and {@code has:color}.
 * A comparison other than equality becomes the list of the values in the index for which it holds, as Lucene's term queries
 * do it too.
 */
final class Tags {
    /** Longer tags are kept as a hash: they are only ever compared, and servers limit their length. */
    private static final int LONGEST = 200;

    private Tags() {}

    /** All tags of a passage. */
    static List<String> of(String path, Metadata metadata) {
        var tags = new TreeSet<String>();
        tags.add(tag(Filter.PATH, new FieldValue.Text(path)));
        tags.add(has(Filter.PATH));
        metadata.fields().forEach((name, values) -> {
            // The document's path takes the place of a field of that name.
            if (!values.isEmpty() && !name.equals(Filter.PATH)) {
                tags.add(has(name));
                values.forEach(value -> tags.add(tag(name, value)));
            }
        });
        return List.copyOf(tags);
    }

    private static String has(String field) {
        return shortened("has:" + field);
    }

    private static String tag(String field, FieldValue value) {
        return shortened(
                switch (value) {
                    case FieldValue.Text(String text) -> "t:" + field + "=" + FilterMatcher.folded(text);
                    case FieldValue.Numeric(double number) -> "n:" + field + "=" + FilterMatcher.unsigned(number);
                    case FieldValue.Date date -> "d:" + field + "=" + date.display();
                    case FieldValue.Flag flag -> "b:" + field + "=" + flag.display();
                });
    }

    private static String shortened(String tag) {
        if (tag.length() <= LONGEST) {
            return tag;
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(tag.getBytes(StandardCharsets.UTF_8));
            return tag.substring(0, 2) + "#" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * What a filter asks of a point's tags.
     *
     * @param vocabulary the values of each field that are in the index; asked only for what is no equality
     */
    static Condition condition(Filter filter, Supplier<Map<String, List<FieldValue>>> vocabulary) {
        return condition(filter, true, vocabulary);
    }

    /** The condition for a filter, or for its negation. */
    private static Condition condition(
            Filter filter, boolean holds, Supplier<Map<String, List<FieldValue>>> vocabulary) {
        return switch (filter) {
            case Filter.All() -> any(List.of(), !holds);
            case Filter.Comparison(String field, Filter.Operator operator, FieldValue value) ->
                switch (operator) {
                    case EQUAL -> any(List.of(tag(field, value)), holds);
                    case NOT_EQUAL -> any(List.of(tag(field, value)), !holds);
                    default -> any(matching(filter, field, vocabulary), holds);
                };
            case Filter.In(String field, List<FieldValue> values) ->
                any(values.stream().map(value -> tag(field, value)).toList(), holds);
            case Filter.Contains(String field, String text) -> any(matching(filter, field, vocabulary), holds);
            case Filter.Exists(String field) -> any(List.of(has(field)), holds);
            case Filter.And(List<Filter> parts) -> joined(parts, holds, holds, vocabulary);
            case Filter.Or(List<Filter> parts) -> joined(parts, holds, !holds, vocabulary);
            case Filter.Not(Filter part) -> condition(part, !holds, vocabulary);
        };
    }

    private static Condition any(List<String> anyOf, boolean holds) {
        // Not every server takes an empty list; no tag is called this.
        var tags = anyOf.isEmpty() ? List.of("nothing") : anyOf;
        return holds ? new Condition.AnyOf(Point.TAGS, tags) : new Condition.NoneOf(Point.TAGS, tags);
    }

    private static Condition joined(
            List<Filter> parts, boolean holds, boolean all, Supplier<Map<String, List<FieldValue>>> vocabulary) {
        var conditions = new ArrayList<Condition>();
        parts.forEach(part -> conditions.add(condition(part, holds, vocabulary)));
        if (conditions.isEmpty()) {
            // All of nothing holds, one of nothing does not.
            return any(List.of(), !all);
        }
        return all ? new Condition.And(conditions) : new Condition.Or(conditions);
    }

    /** The tags of the field's values that, each by itself, pass the filter. */
    private static List<String> matching(
            Filter filter, String field, Supplier<Map<String, List<FieldValue>>> vocabulary) {
        return vocabulary.get().getOrDefault(field, List.of()).stream()
                .filter(value -> value instanceof FieldValue.Text(String text) && field.equals(Filter.PATH)
                        ? FilterMatcher.matches(filter, text, Metadata.EMPTY)
                        : FilterMatcher.matches(
                                filter, "", new Metadata(Collections.singletonMap(field, List.of(value)))))
                .map(value -> tag(field, value))
                .distinct()
                .toList();
    }
}
