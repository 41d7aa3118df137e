package dev.tandem.answering.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Calculations, done exactly: {@code 12 * (3 + 4)}, "what is 15% of 230", "twenty plus 22", "the square root of 144". A text is
 * one only if all of it is read as an expression with at least one operation, so a question that merely holds numbers never is.
 */
public final class Arithmetic {
    private static final Pattern INTRODUCTION = Pattern.compile(
            "^(?:(?:please|hey|hi|ai|so|ok|okay|can you|could you|would you|i need to know|i want to know|tell me|"
                    + "calculate|compute|solve|work out|figure out|give me|find|do you know|what's|whats|what is|what does|what do"
                    + " you get for|how much is|how much's|how much would|the answer to|the result of|the value of|the sum of|equals)\\b[\\s,:]*)+");
    private static final Pattern END =
            Pattern.compile("(?:\\s*(?:=|\\?|\\.|!|,|please|equal to|equals?|be|is|for me|make))+$");
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
            Map.entry("cubed", "cubed"));
    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
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
        var text = question.toLowerCase(Locale.ROOT).strip().replace("$", "").replace("€", "");
        text = END.matcher(INTRODUCTION.matcher(text).replaceFirst("")).replaceFirst("");
        text = text.replaceAll("\\bsubtract (\\S+) from (\\S+)$", "$2 - $1")
                .replaceAll("^add\\b", " ")
                .replaceAll("\\b(?:dollars?|euros?)\\b", " ")
                .replaceAll("\\boff of\\b", "off")
                .replaceAll("\\bto the (\\d+)(?:st|nd|rd|th) power\\b", "^ $1")
                .replaceAll("\\b(?:the )?square root of\\b", " root ")
                .replaceAll("\\bmultiplied by\\b", "*")
                .replaceAll("\\bdivided by\\b", "/")
                .replaceAll("\\b(?:raised )?to the power of\\b", "^");
        return tokens(text).flatMap(tokens -> new Arithmetic(tokens).whole());
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
                var number = number(word);
                if (number.isEmpty() && !WORDS.containsKey(word) && !word.equals("root")) {
                    return Optional.empty();
                }
                tokens.add(number.orElse(WORDS.getOrDefault(word, word)));
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

    private static Optional<String> number(String word) {
        if (SMALL.contains(word)) {
            return Optional.of(Integer.toString(SMALL.indexOf(word)));
        }
        if (TENS.contains(word)) {
            return Optional.of(Integer.toString(20 + 10 * TENS.indexOf(word)));
        }
        return word.equals("hundred") ? Optional.of("100") : Optional.empty();
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
        while (is("%") || is("squared") || is("cubed")) {
            operations++;
            result = switch (take()) {
                case "%" -> result.dividedBy(Fraction.of("100"));
                case "squared" -> result.power(Fraction.of("2"));
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
