package dev.tandem.evaluation.metric.task;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The last number of a text, which is where answers end up after their reasoning. Signs, currency before and units or
 * percent after it do not matter (12% is 12). Thousands stand in groups of three after commas, apostrophes or narrow
 * spaces ("1,234.5", "1'234"), or after points where a decimal comma follows ("1.234,5"); any other comma between digits
 * is a decimal comma ("1,5", "0,125"). "3/4" is a fraction, "1e-3" an exponent. What digits are part of other things is no
 * number: names ("CO2", "m2"), versions, dates and times ("1.2.3", "3/4/2026", "10:30").
 */
final class LastNumber {
    private static final int MOST_CHARACTERS = 400;

    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}_])(?<!\\p{N}[.,/:'’])"
            + "(?<sign>[-+−]?)\\p{Sc}?"
            + "(?:(?<grouped>[1-9]\\d{0,2}(?:[,'’\\u00A0\\u2009\\u202F]\\d{3})++(?:\\.\\d++)?+)"
            + "|(?<points>[1-9]\\d{0,2}(?:\\.\\d{3})++,\\d++)"
            + "|(?<plain>\\d++(?:[.,]\\d++)?+|(?<!\\.)\\.\\d++))"
            + "(?<exponent>[eE][-+]?\\d{1,3}(?!\\d))?+"
            + "(?:/(?<divisor>\\d++(?:\\.\\d++)?+))?+"
            + "(?![\\p{N}]|[.,/:'’]\\d)");
    private static final Pattern SEPARATOR = Pattern.compile("[,'’\\u00A0\\u2009\\u202F]");

    private LastNumber() {}

    static Optional<BigDecimal> of(String text) {
        return NUMBER.matcher(text)
                .results()
                .filter(found -> found.end() - found.start() <= MOST_CHARACTERS)
                .reduce((before, last) -> last)
                .flatMap(LastNumber::value);
    }

    private static Optional<BigDecimal> value(MatchResult found) {
        var number = new BigDecimal(digits(found) + orEmpty(found, "exponent"));
        if (found.group("divisor") != null) {
            var divisor = new BigDecimal(found.group("divisor"));
            if (divisor.signum() == 0) {
                return Optional.empty();
            }
            number = number.divide(divisor, MathContext.DECIMAL128);
        }
        boolean negative =
                !found.group("sign").isEmpty() && !found.group("sign").equals("+");
        return Optional.of(negative ? number.negate() : number);
    }

    private static String digits(MatchResult found) {
        if (found.group("grouped") != null) {
            return SEPARATOR.matcher(found.group("grouped")).replaceAll("");
        }
        if (found.group("points") != null) {
            return found.group("points").replace(".", "").replace(',', '.');
        }
        return found.group("plain").replace(',', '.');
    }

    private static String orEmpty(MatchResult found, String group) {
        return found.group(group) == null ? "" : found.group(group);
    }
}
