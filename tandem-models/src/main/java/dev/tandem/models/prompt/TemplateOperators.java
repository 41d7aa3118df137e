package dev.tandem.models.prompt;

import dev.tandem.models.prompt.TemplateValues.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Python's operators on template values. */
final class TemplateOperators {
    private TemplateOperators() {}

    static Object unary(int line, String operator, Object value) {
        return switch (operator) {
            case "not" -> !TemplateValues.isTrue(value);
            case "-" ->
                switch (value) {
                    case Long number -> -number;
                    case Double number -> -number;
                    default -> throw TemplateLexer.error(line, "only numbers have a minus");
                };
            default -> value;
        };
    }

    static Object binary(int line, String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> same(left, right);
            case "!=" -> !same(left, right);
            case "<" -> compare(line, left, right) < 0;
            case ">" -> compare(line, left, right) > 0;
            case "<=" -> compare(line, left, right) <= 0;
            case ">=" -> compare(line, left, right) >= 0;
            case "in" -> contains(line, right, left);
            case "~" -> TemplateValues.text(left) + TemplateValues.text(right);
            default -> arithmetic(line, operator, left, right);
        };
    }

    static boolean same(Object left, Object right) {
        return left instanceof Number a && right instanceof Number b
                ? a.doubleValue() == b.doubleValue()
                : left.equals(right);
    }

    static int compare(int line, Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        throw TemplateLexer.error(
                line, TemplateValues.text(left) + " and " + TemplateValues.text(right) + " cannot be compared");
    }

    static boolean contains(int line, Object whole, Object part) {
        return switch (whole) {
            case String text -> text.contains(TemplateValues.text(part));
            case Map<?, ?> map -> map.containsKey(part);
            case List<?> list -> list.stream().anyMatch(item -> same(item, part));
            case Nothing nothing when nothing == Nothing.UNDEFINED -> false;
            default -> throw TemplateLexer.error(line, "nothing is in " + TemplateValues.text(whole));
        };
    }

    private static Object arithmetic(int line, String operator, Object left, Object right) {
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            var joined = new ArrayList<Object>(a);
            joined.addAll(b);
            return joined;
        }
        if (operator.equals("*") && left instanceof String text && right instanceof Long times) {
            return text.repeat(Math.clamp(times, 0, 10_000));
        }
        if (left instanceof Long a && right instanceof Long b && !operator.equals("/")) {
            return switch (operator) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "//" -> Math.floorDiv(a, nonZero(line, b));
                default -> Math.floorMod(a, nonZero(line, b));
            };
        }
        if (left instanceof Number a && right instanceof Number b) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return switch (operator) {
                case "+" -> x + y;
                case "-" -> x - y;
                case "*" -> x * y;
                case "/" -> x / y;
                case "//" -> Math.floor(x / y);
                default -> x - y * Math.floor(x / y);
            };
        }
        throw TemplateLexer.error(
                line, "\"" + operator + "\" does not join " + described(left) + " and " + described(right));
    }

    private static long nonZero(int line, long number) {
        if (number == 0) {
            throw TemplateLexer.error(line, "a division by zero");
        }
        return number;
    }

    private static String described(Object value) {
        return value == Nothing.UNDEFINED
                ? "something undefined"
                : value == Nothing.NONE ? "none" : "a " + value.getClass().getSimpleName();
    }
}
