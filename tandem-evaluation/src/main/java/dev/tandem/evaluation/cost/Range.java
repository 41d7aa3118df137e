package dev.tandem.evaluation.cost;

import java.util.Locale;

/**
 * A range of money or of another quantity.
 *
 * @param low from 0
 * @param high at least {@code low}
 * @param openEnded whether more than {@code high} is to be expected now and then, written as a plus
 */
public record Range(double low, double high, boolean openEnded) {
    public static final Range ZERO = new Range(0, 0, false);

    /** Two numbers that cannot be told apart as written in cents. */
    private static final double CENT = 0.005;

    public Range {
        if (!(low >= 0 && low <= high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Not a range: " + low + " to " + high);
        }
    }

    public static Range of(double low, double high) {
        return new Range(low, high, false);
    }

    public Range plus(Range other) {
        return new Range(low + other.low, high + other.high, openEnded || other.openEnded);
    }

    /** Both ends times the same. */
    public Range times(double factor) {
        return new Range(low * factor, high * factor, openEnded);
    }

    public double middle() {
        return (low + high) / 2;
    }

    /** As people write it: "2,000-8,000", "500-10,000+", "0.13-0.50"; one number where both ends are the same. */
    @Override
    public String toString() {
        var text = high - low < CENT ? amount(low) : amount(low) + "-" + amount(high);
        return openEnded ? text + "+" : text;
    }

    /** A number without digits that nobody needs: cents below ten only. */
    static String amount(double number) {
        boolean whole = number >= 9.995 || Math.abs(number - Math.rint(number)) < CENT;
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%,.2f", number);
    }
}
