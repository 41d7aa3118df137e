package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.server.http.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** OpenAI's filters over attributes as Tandem's over metadata. */
final class AttributeFilter {
    private static final int DEEPEST = 10;
    private static final int MOST = 1_000;
    private static final Set<String> COMPARISON = Set.of("type", "key", "value");
    private static final Set<String> COMPOUND = Set.of("type", "filters");

    private AttributeFilter() {}

    /**
     * The filter; everything passes without one.
     *
     * @throws ApiError 400 if it is none of OpenAI's
     */
    static Filter of(Optional<JsonNode> filters) {
        return filters.filter(node -> !node.isNull())
                .map(node -> filter(node, "filters", 0))
                .orElseGet(Filter.All::new);
    }

    private static Filter filter(JsonNode node, String place, int depth) {
        if (depth > DEEPEST) {
            throw ApiError.invalid("'filters' is nested too deep.", "filters");
        }
        var type = node.path("type").asText("");
        return switch (type) {
            case "and", "or" -> {
                requireOnly(node, COMPOUND, place);
                var parts = new ArrayList<Filter>();
                for (var part : list(node, "filters", place)) {
                    parts.add(filter(part, place + ".filters[" + parts.size() + "]", depth + 1));
                }
                yield type.equals("and") ? new Filter.And(parts) : new Filter.Or(parts);
            }
            case "in" -> in(node, place);
            case "nin" -> new Filter.Not(in(node, place));
            case "eq" -> comparison(node, Filter.Operator.EQUAL, place);
            case "ne" -> comparison(node, Filter.Operator.NOT_EQUAL, place);
            case "gt" -> comparison(node, Filter.Operator.GREATER, place);
            case "gte" -> comparison(node, Filter.Operator.GREATER_OR_EQUAL, place);
            case "lt" -> comparison(node, Filter.Operator.LESS, place);
            case "lte" -> comparison(node, Filter.Operator.LESS_OR_EQUAL, place);
            default ->
                throw ApiError.invalid(
                        "'" + place + ".type' must be eq, ne, gt, gte, lt, lte, in, nin, and, or.", place);
        };
    }

    private static Filter in(JsonNode node, String place) {
        requireOnly(node, COMPARISON, place);
        var values = new ArrayList<FieldValue>();
        list(node, "value", place).forEach(each -> values.add(value(each, place)));
        return new Filter.In(key(node, place), values);
    }

    private static Filter comparison(JsonNode node, Filter.Operator operator, String place) {
        requireOnly(node, COMPARISON, place);
        return new Filter.Comparison(key(node, place), operator, value(node.path("value"), place));
    }

    private static List<JsonNode> list(JsonNode node, String field, String place) {
        var items = node.path(field);
        if (!items.isArray() || items.isEmpty() || items.size() > MOST) {
            throw ApiError.invalid(
                    "'" + place + "." + field + "' must be a list of 1 to " + MOST + " items.", place + "." + field);
        }
        var list = new ArrayList<JsonNode>();
        items.forEach(list::add);
        return list;
    }

    private static String key(JsonNode node, String place) {
        var key = node.path("key");
        if (!key.isTextual() || key.asText().isBlank()) {
            throw ApiError.invalid("'" + place + ".key' must be the name of a field.", place + ".key");
        }
        return key.asText().toLowerCase(Locale.ROOT);
    }

    private static FieldValue value(JsonNode value, String place) {
        if (value.isNumber()) {
            return new FieldValue.Numeric(value.doubleValue());
        }
        if (value.isBoolean()) {
            return new FieldValue.Flag(value.booleanValue());
        }
        if (!value.isTextual()) {
            throw ApiError.invalid("'" + place + ".value' must be a text, a number, true or false.", place + ".value");
        }
        // JSON has no dates: a text that is written as one is meant as one.
        return FieldValue.parse(value.asText()) instanceof FieldValue.Date date
                ? date
                : new FieldValue.Text(value.asText());
    }

    private static void requireOnly(JsonNode node, Set<String> fields, String place) {
        node.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw ApiError.invalid("Unrecognized request argument supplied: " + place + "." + name, place);
            }
        });
    }
}
