package dev.tandem.models.prompt;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values as Python has them: texts, whole numbers ({@link Long}), {@link Double}, {@link Boolean}, {@link List}, {@link Map},
 * functions, none, and undefined.
 */
final class TemplateValues {
    private TemplateValues() {}

    /** None, and what was never set. */
    enum Nothing {
        NONE,
        UNDEFINED
    }

    /** What a template can call. */
    @FunctionalInterface
    interface Function {
        Object call(List<Object> arguments, Map<String, Object> named);
    }

    /** A namespace: the only value that a template changes. */
    static final class Namespace {
        final Map<String, Object> fields = new LinkedHashMap<>();
    }

    /** Brings values from outside into this form. */
    static Object of(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> Nothing.NONE;
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case BigInteger number -> number.longValue();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), of(item)));
                yield copy;
            }
            case List<?> list -> list.stream().map(TemplateValues::of).collect(Collectors.toCollection(ArrayList::new));
            default -> value;
        };
    }

    static boolean isTrue(Object value) {
        return switch (value) {
            case Nothing nothing -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /** As Python's {@code str} writes it; undefined is empty. */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Nothing nothing -> nothing == Nothing.NONE ? "None" : "";
            default -> represented(value);
        };
    }

    /** As Python's {@code repr} writes it. */
    private static String represented(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean truth -> truth ? "True" : "False";
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e16
                        ? Long.toString(number.longValue()) + ".0"
                        : Double.toString(number).replace("E", "e");
            case List<?> list ->
                list.stream().map(TemplateValues::represented).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> represented(entry.getKey()) + ": " + represented(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Nothing nothing -> nothing == Nothing.NONE ? "None" : "Undefined";
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        var quoted = new StringBuilder().append(quote);
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\\' -> quoted.append("\\\\");
                default -> quoted.append(c == quote ? "\\" : "").append((char) c);
            }
        });
        return quoted.append(quote).toString();
    }

    /** As Python's {@code json.dumps} writes it, without escaping what is not ASCII. */
    static String json(Object value, int indent) {
        var text = new StringBuilder();
        json(value, indent, 0, text);
        return text.toString();
    }

    private static void json(Object value, int indent, int depth, StringBuilder text) {
        switch (value) {
            case String string -> jsonText(string, text);
            case Boolean truth -> text.append(truth.booleanValue());
            case Long number -> text.append(number.longValue());
            case Double number -> text.append(represented(number));
            case Map<?, ?> map -> {
                text.append('{');
                var separator = "";
                for (var entry : map.entrySet()) {
                    text.append(separator);
                    separator = indent > 0 ? "," : ", ";
                    lineBreak(indent, depth + 1, text);
                    jsonText(text(entry.getKey()), text);
                    text.append(": ");
                    json(entry.getValue(), indent, depth + 1, text);
                }
                if (!map.isEmpty()) {
                    lineBreak(indent, depth, text);
                }
                text.append('}');
            }
            case List<?> list -> {
                text.append('[');
                var separator = "";
                for (var item : list) {
                    text.append(separator);
                    separator = indent > 0 ? "," : ", ";
                    lineBreak(indent, depth + 1, text);
                    json(item, indent, depth + 1, text);
                }
                if (!list.isEmpty()) {
                    lineBreak(indent, depth, text);
                }
                text.append(']');
            }
            case Nothing nothing -> text.append("null");
            default -> throw new IllegalArgumentException(value.getClass() + " is no JSON");
        }
    }

    private static void lineBreak(int indent, int depth, StringBuilder text) {
        if (indent > 0) {
            text.append('\n').append(" ".repeat(indent * depth));
        }
    }

    private static void jsonText(String string, StringBuilder text) {
        text.append('"');
        string.chars().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u%04x".formatted(c));
                    } else {
                        text.append((char) c);
                    }
                }
            }
        });
        text.append('"');
    }
}
