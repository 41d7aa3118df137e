package dev.tandem.answering.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Calculations, done exactly: {@code 12 * (3 + 4)}, "what is fifteen percent of 230", "two thirds of 18", "the square root of 144". A text is
 * one only if all of it is read as an expression with at least one operation, so a question that merely holds numbers never is.
 */
public final class Arithmetic {
    private static final Pattern TOKEN = Pattern.compile(
            "\\G\\s*(?:(\\d+(?:,\\d{3})*(?:\\.\\d+)?|\\.\\d+)|(\\*\\*|[-+*/^()%x×÷−])|([a-z]+))",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("plus", "+"),
            Map.entry("and", "+"),
            Map.entry("add", "+"),
            Map.entry("minus", "-"),
            Map.entry("less", "-"),
            Map.entry("times", "*"),
            Map.entry("x", "*"),
            Map.entry("over", "/"),
            Map.entry("of", "of"),
            Map.entry("off", "off"),
            Map.entry("percent", "%"),
            Map.entry("half", "half"),
            Map.entry("squared", "squared"),
            Map.entry("cubed", "cubed"),
            Map.entry("root", "root"),
            Map.entry("factorial", "factorial"));
    private static final int LONGEST = 200;

    private final List<String> tokens;
    private int next;
    private int operations;

    private Arithmetic(List<String> tokens) {
        this.tokens = tokens;
    }

    /** The result as a sentence; empty for a text that is no calculation. */
    public static Optional<String> answer(String question) {
        if (question.length() > LONGEST) {
            return Optional.empty();
        }
        var expression = SpokenArithmetic.expression(question);
        // "A third" alone asks for nothing.
        return expression.matches("\\(\\d+ / \\d+\\)")
                ? Optional.empty()
                : tokens(expression).flatMap(tokens -> new Arithmetic(tokens).whole());
    }

    private static Optional<List<String>> tokens(String text) {
        var tokens = new ArrayList<String>();
        var matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
            if (matcher.group(1) != null) {
                tokens.add(matcher.group(1).replace(",", ""));
            } else if (matcher.group(2) != null) {
                tokens.add(sign(matcher.group(2)));
            } else {
                var word = matcher.group(3);
                if (!WORDS.containsKey(word)) {
                    return Optional.empty();
                }
                tokens.add(WORDS.getOrDefault(word, word));
            }
        }
        return tokens.isEmpty() || !text.substring(end).isBlank() ? Optional.empty() : Optional.of(tokens);
    }

    private static String sign(String written) {
        return switch (written) {
            case "x", "X", "×" -> "*";
            case "÷" -> "/";
            case "−" -> "-";
            case "**" -> "^";
            default -> written;
        };
    }

    private Optional<String> whole() {
        try {
            var result = sum();
            return next == tokens.size() && operations > 0
                    ? Optional.of("That is " + result.display() + ".")
                    : Optional.empty();
        } catch (ArithmeticException noNumber) {
            return next >= tokens.size() && "division by zero".equals(noNumber.getMessage())
                    ? Optional.of("Division by zero has no result.")
                    : Optional.empty();
        } catch (IllegalStateException noExpression) {
            return Optional.empty();
        }
    }

    private Fraction sum() {
        var result = product();
        while (is("+") || is("-")) {
            operations++;
            boolean plus = take().equals("+");
            var other = product();
            result = result.plus(plus ? other : other.negated());
        }
        return result;
    }

    private Fraction product() {
        var result = power();
        while (is("*") || is("/") || is("of") || is("off")) {
            operations++;
            var sign = take();
            var other = power();
            result = switch (sign) {
                case "/" -> result.dividedBy(other);
                case "off" -> other.plus(result.times(other).negated());
                default -> result.times(other);
            };
        }
        return result;
    }

    private Fraction power() {
        if (is("-")) {
            take();
            return power().negated();
        }
        var result = postfix();
        if (is("^")) {
            operations++;
            take();
            return result.power(power());
        }
        return result;
    }

    private Fraction postfix() {
        var result = atom();
        while (is("%") || is("squared") || is("cubed") || is("factorial")) {
            operations++;
            result = switch (take()) {
                case "%" -> result.dividedBy(Fraction.of("100"));
                case "squared" -> result.power(Fraction.of("2"));
                case "factorial" -> result.factorial();
                default -> result.power(Fraction.of("3"));
            };
        }
        return result;
    }

    private Fraction atom() {
        var token = next < tokens.size() ? take() : "";
        if (token.equals("(")) {
            var inner = sum();
            if (!is(")")) {
                throw new IllegalStateException("a parenthesis is open");
            }
            take();
            return inner;
        }
        if (token.equals("root")) {
            operations++;
            return atom().root();
        }
        if (token.equals("half")) {
            return Fraction.of("0.5");
        }
        if (token.isEmpty() || !Character.isDigit(token.charAt(token.length() - 1))) {
            throw new IllegalStateException("no number");
        }
        return Fraction.of(token);
    }

    private boolean is(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private String take() {
        return tokens.get(next++);
    }
}
