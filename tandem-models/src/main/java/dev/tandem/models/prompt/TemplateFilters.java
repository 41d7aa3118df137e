package dev.tandem.models.prompt;

import dev.tandem.models.prompt.TemplateValues.Nothing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja's filters and tests that chat templates use. */
final class TemplateFilters {
    private TemplateFilters() {}

    static Object apply(int line, String name, Object value, List<Object> arguments, Map<String, Object> named) {
        return switch (name) {
            case "tojson" -> TemplateValues.json(value, indent(arguments, named));
            case "trim" -> TemplateMethods.stripped(TemplateValues.text(value), arguments, true, true);
            case "length", "count" ->
                (long)
                        (value instanceof Map<?, ?> map
                                ? map.size()
                                : items(line, value).size());
            case "string" -> TemplateValues.text(value);
            case "safe", "e", "escape" -> value;
            case "upper" -> TemplateValues.text(value).toUpperCase(Locale.ROOT);
            case "lower" -> TemplateValues.text(value).toLowerCase(Locale.ROOT);
            case "capitalize" -> TemplateMethods.capitalised(TemplateValues.text(value));
            case "title" -> TemplateMethods.titled(TemplateValues.text(value));
            case "default", "d" -> {
                boolean evenFalse = arguments.size() > 1
                        ? TemplateValues.isTrue(arguments.get(1))
                        : TemplateValues.isTrue(named.getOrDefault("boolean", false));
                yield value == Nothing.UNDEFINED || (evenFalse && !TemplateValues.isTrue(value))
                        ? (arguments.isEmpty() ? "" : arguments.getFirst())
                        : value;
            }
            case "first" ->
                items(line, value).isEmpty()
                        ? Nothing.UNDEFINED
                        : items(line, value).getFirst();
            case "last" ->
                items(line, value).isEmpty()
                        ? Nothing.UNDEFINED
                        : items(line, value).getLast();
            case "list" -> new ArrayList<Object>(items(line, value));
            case "items" -> value instanceof Map<?, ?> map ? pairs(map) : new ArrayList<>();
            case "dictsort" -> {
                var pairs = value instanceof Map<?, ?> map ? pairs(map) : new ArrayList<>();
                pairs.sort(
                        (a, b) -> TemplateOperators.compare(line, ((List<?>) a).getFirst(), ((List<?>) b).getFirst()));
                yield pairs;
            }
            case "reverse" -> {
                var reversed = new ArrayList<Object>(items(line, value));
                Collections.reverse(reversed);
                yield reversed;
            }
            case "sort" -> {
                var sorted = new ArrayList<Object>(items(line, value));
                sorted.sort((a, b) -> TemplateOperators.compare(line, a, b));
                yield sorted;
            }
            case "unique" -> new ArrayList<Object>(new LinkedHashSet<Object>(items(line, value)));
            case "join" ->
                String.join(
                        arguments.isEmpty() ? "" : TemplateValues.text(arguments.getFirst()),
                        items(line, value).stream().map(TemplateValues::text).toList());
            case "replace" ->
                TemplateValues.text(value)
                        .replace(TemplateValues.text(arguments.getFirst()), TemplateValues.text(arguments.get(1)));
            case "int" -> whole(value);
            case "float" ->
                value instanceof Number number ? number.doubleValue() : Double.valueOf(TemplateValues.text(value));
            case "abs" -> value instanceof Long number ? (Object) Math.abs(number) : (Object) Math.abs((Double) value);
            case "indent" -> indented(TemplateValues.text(value), arguments, named);
            case "map" -> mapped(line, value, arguments, named);
            case "select" -> chosen(line, value, arguments, 0, true, false);
            case "reject" -> chosen(line, value, arguments, 0, false, false);
            case "selectattr" -> chosen(line, value, arguments, 1, true, true);
            case "rejectattr" -> chosen(line, value, arguments, 1, false, true);
            default -> throw TemplateLexer.error(line, "the filter " + name + " is unknown here");
        };
    }

    private static List<?> items(int line, Object value) {
        return TemplateRun.items(line, value);
    }

    static List<Object> pairs(Map<?, ?> map) {
        var pairs = new ArrayList<Object>();
        map.forEach((key, item) -> pairs.add(List.of(key, item)));
        return pairs;
    }

    private static int indent(List<Object> arguments, Map<String, Object> named) {
        var given = arguments.isEmpty() ? named.get("indent") : arguments.getFirst();
        return given instanceof Long number ? Math.clamp(number, 0, 16) : 0;
    }

    private static Object whole(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        try {
            return Long.parseLong(TemplateValues.text(value).strip());
        } catch (NumberFormatException e) {
            return 0L;
        }
    }

    private static String indented(String text, List<Object> arguments, Map<String, Object> named) {
        var width = arguments.isEmpty() ? named.getOrDefault("width", 4L) : arguments.getFirst();
        var first = arguments.size() > 1 ? arguments.get(1) : named.getOrDefault("first", false);
        var space = width instanceof Long number ? " ".repeat(Math.clamp(number, 0, 100)) : TemplateValues.text(width);
        var lines = text.split("\n", -1);
        for (int i = TemplateValues.isTrue(first) ? 0 : 1; i < lines.length; i++) {
            lines[i] = lines[i].isEmpty() ? "" : space + lines[i];
        }
        return String.join("\n", lines);
    }

    private static List<Object> mapped(int line, Object value, List<Object> arguments, Map<String, Object> named) {
        var result = new ArrayList<Object>();
        for (var item : items(line, value)) {
            result.add(
                    named.containsKey("attribute")
                            ? attribute(item, named.get("attribute"))
                            : apply(
                                    line,
                                    TemplateValues.text(arguments.getFirst()),
                                    item,
                                    arguments.subList(1, arguments.size()),
                                    named));
        }
        return result;
    }

    private static Object attribute(Object item, @org.jspecify.annotations.Nullable Object name) {
        Object found = item instanceof Map<?, ?> map ? map.get(name) : null;
        return found == null ? Nothing.UNDEFINED : found;
    }

    private static List<Object> chosen(
            int line, Object value, List<Object> arguments, int testAt, boolean wanted, boolean byAttribute) {
        var result = new ArrayList<Object>();
        for (var item : items(line, value)) {
            var tested = byAttribute ? attribute(item, arguments.getFirst()) : item;
            boolean holds = arguments.size() <= testAt
                    ? TemplateValues.isTrue(tested)
                    : test(
                            line,
                            TemplateValues.text(arguments.get(testAt)),
                            tested,
                            arguments.subList(testAt + 1, arguments.size()));
            if (holds == wanted) {
                result.add(item);
            }
        }
        return result;
    }

    static boolean test(int line, String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "defined" -> value != Nothing.UNDEFINED;
            case "undefined" -> value == Nothing.UNDEFINED;
            case "none" -> value == Nothing.NONE;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence", "iterable" ->
                value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> value.equals(true);
            case "false" -> value.equals(false);
            case "callable" -> value instanceof TemplateValues.Function;
            case "odd" -> value instanceof Long number && number % 2 != 0;
            case "even" -> value instanceof Long number && number % 2 == 0;
            case "divisibleby" ->
                value instanceof Long number && arguments.getFirst() instanceof Long by && by != 0 && number % by == 0;
            case "equalto", "eq", "sameas" -> TemplateOperators.same(value, arguments.getFirst());
            case "ne" -> !TemplateOperators.same(value, arguments.getFirst());
            case "in" -> TemplateOperators.contains(line, arguments.getFirst(), value);
            default -> throw TemplateLexer.error(line, "the test " + name + " is unknown here");
        };
    }
}
