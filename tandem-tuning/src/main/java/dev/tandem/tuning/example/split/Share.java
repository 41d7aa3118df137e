package dev.tandem.tuning.example.split;

import java.util.Locale;
import java.util.Optional;

/**
 * How large a part is to be: a share of all examples, or a number of them.
 *
 * @param amount from 0 to 1 for a share, a whole number otherwise
 */
public record Share(double amount, boolean relative) {
    /** No part. */
    public static final Share NONE = new Share(0, false);

    /** "15%" or "200"; empty for what is neither, or a share of all. */
    public static Optional<Share> parse(String text) {
        try {
            if (text.endsWith("%")) {
                double percent = Double.parseDouble(text.substring(0, text.length() - 1));
                return percent >= 0 && percent < 100 ? Optional.of(new Share(percent / 100, true)) : Optional.empty();
            }
            int count = Integer.parseInt(text);
            return count >= 0 ? Optional.of(new Share(count, false)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How many of so many examples. */
    public int of(int examples) {
        return (int) Math.round(relative ? amount * examples : amount);
    }

    @Override
    public String toString() {
        return relative
                ? String.format(Locale.ROOT, "%s%%", Math.round(1000 * amount) / 10.0)
                        .replace(".0%", "%")
                : String.valueOf((int) amount);
    }
}
