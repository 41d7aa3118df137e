package dev.tandem.workspace.trail;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the chain's end was at some time: whoever keeps it elsewhere can prove later that nothing up to there was changed or
 * cut off.
 *
 * @param number of the last link
 * @param hash of it
 */
public record Anchor(long number, String hash) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    /** As it is written: {@code 17:5f3a...}. */
    public static Optional<Anchor> parse(String text) {
        var match = WRITTEN.matcher(text.strip());
        return match.matches()
                ? Optional.of(new Anchor(Long.parseLong(match.group(1)), match.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return number + ":" + hash;
    }
}
