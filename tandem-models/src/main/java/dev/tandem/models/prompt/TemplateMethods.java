package dev.tandem.models.prompt;

import dev.tandem.models.prompt.TemplateValues.Function;
import dev.tandem.models.prompt.TemplateValues.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Python's methods that chat templates call on texts, lists and maps. */
final class TemplateMethods {
    private TemplateMethods() {}

    /** A value's method; undefined if it has none of this name. */
    static Object of(int line, Object value, String name) {
        return switch (value) {
            case String text -> ofText(line, text, name);
            case Map<?, ?> map -> ofMap(map, name);
            default -> Nothing.UNDEFINED;
        };
    }

    private static Object ofMap(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> (Function) (arguments, named) -> TemplateFilters.pairs(map);
            case "keys" -> (Function) (arguments, named) -> new ArrayList<>(map.keySet());
            case "values" -> (Function) (arguments, named) -> new ArrayList<>(map.values());
            case "get" ->
                (Function) (arguments, named) -> {
                    Object found = map.get(arguments.getFirst());
                    return found != null ? found : arguments.size() > 1 ? arguments.get(1) : Nothing.NONE;
                };
            default -> Nothing.UNDEFINED;
        };
    }

    private static Object ofText(int line, String text, String name) {
        Function method = switch (name) {
            case "strip" -> (arguments, named) -> stripped(text, arguments, true, true);
            case "lstrip" -> (arguments, named) -> stripped(text, arguments, true, false);
            case "rstrip" -> (arguments, named) -> stripped(text, arguments, false, true);
            case "startswith" ->
                (arguments, named) -> anyOf(arguments.getFirst()).stream().anyMatch(text::startsWith);
            case "endswith" ->
                (arguments, named) -> anyOf(arguments.getFirst()).stream().anyMatch(text::endsWith);
            case "upper" -> (arguments, named) -> text.toUpperCase(Locale.ROOT);
            case "lower" -> (arguments, named) -> text.toLowerCase(Locale.ROOT);
            case "capitalize" -> (arguments, named) -> capitalised(text);
            case "title" -> (arguments, named) -> titled(text);
            case "replace" ->
                (arguments, named) -> arguments.size() > 2
                        ? replaced(text, arguments)
                        : text.replace(first(arguments), TemplateValues.text(arguments.get(1)));
            case "split" -> (arguments, named) -> split(line, text, arguments);
            case "splitlines" ->
                (arguments, named) -> new ArrayList<Object>(text.lines().toList());
            case "find" -> (arguments, named) -> (long) text.indexOf(first(arguments));
            case "count" ->
                (arguments, named) -> Pattern.compile(Pattern.quote(first(arguments)))
                        .matcher(text)
                        .results()
                        .count();
            case "join" ->
                (arguments, named) -> String.join(
                        text,
                        TemplateRun.items(line, arguments.getFirst()).stream()
                                .map(TemplateValues::text)
                                .toList());
            case "isdigit" ->
                (arguments, named) -> !text.isEmpty() && text.chars().allMatch(Character::isDigit);
            default ->
                (arguments, named) -> {
                    throw TemplateLexer.error(line, "texts have no method " + name + " here");
                };
        };
        return method;
    }

    private static String first(List<Object> arguments) {
        return TemplateValues.text(arguments.getFirst());
    }

    private static List<String> anyOf(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(TemplateValues::text).toList()
                : List.of(TemplateValues.text(value));
    }

    static String capitalised(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    static String titled(String text) {
        return Pattern.compile("\\p{L}+").matcher(text).replaceAll(word -> capitalised(word.group()));
    }

    private static String replaced(String text, List<Object> arguments) {
        var result = text;
        var old = first(arguments);
        int from = 0;
        for (long left = arguments.get(2) instanceof Long count ? count : 0; left > 0; left--) {
            int at = result.indexOf(old, from);
            if (at < 0) {
                break;
            }
            var replacement = TemplateValues.text(arguments.get(1));
            result = result.substring(0, at) + replacement + result.substring(at + old.length());
            from = at + replacement.length();
        }
        return result;
    }

    static String stripped(String text, List<Object> arguments, boolean left, boolean right) {
        var chars = arguments.isEmpty() || arguments.getFirst() == Nothing.NONE ? null : first(arguments);
        int from = 0;
        int to = text.length();
        while (left && from < to && strips(chars, text.charAt(from))) {
            from++;
        }
        while (right && to > from && strips(chars, text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean strips(@org.jspecify.annotations.Nullable String chars, char c) {
        return chars == null ? Character.isWhitespace(c) || c == '\u00a0' : chars.indexOf(c) >= 0;
    }

    private static List<Object> split(int line, String text, List<Object> arguments) {
        if (arguments.isEmpty() || arguments.getFirst() == Nothing.NONE) {
            return text.isBlank()
                    ? new ArrayList<>()
                    : new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
        }
        if (first(arguments).isEmpty()) {
            throw TemplateLexer.error(line, "a text cannot be split at nothing");
        }
        int most = arguments.size() > 1 && arguments.get(1) instanceof Long count && count >= 0
                ? count.intValue() + 1
                : -1;
        return new ArrayList<>(List.of(text.split(Pattern.quote(first(arguments)), most)));
    }
}
