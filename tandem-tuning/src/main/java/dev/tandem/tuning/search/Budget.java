package dev.tandem.tuning.search;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a search may take, from its first measurement to its last.
 *
 * @param time more than nothing
 */
public record Budget(Duration time) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

    public Budget {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("A budget is more than nothing: " + time);
        }
    }

    /** "20m", "1h30m" or "90s"; empty for anything else. */
    public static Optional<Budget> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var time = Duration.ofHours(number(match.group(1)))
                .plusMinutes(number(match.group(2)))
                .plusSeconds(number(match.group(3)));
        return time.isPositive() ? Optional.of(new Budget(time)) : Optional.empty();
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The least budget of whole minutes, or below two minutes of whole seconds, that has so many seconds. */
    static Budget atLeast(double seconds) {
        long whole = Math.max(1, (long) Math.ceil(seconds));
        return new Budget(Duration.ofSeconds(whole < 120 ? whole : Math.ceilDiv(whole, 60) * 60));
    }

    double seconds() {
        return time.toMillis() / 1e3;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return part(time.toHours(), "h") + part(time.toMinutesPart(), "m") + part(time.toSecondsPart(), "s");
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
