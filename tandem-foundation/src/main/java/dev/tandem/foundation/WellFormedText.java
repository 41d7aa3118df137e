package dev.tandem.foundation;

import java.nio.charset.StandardCharsets;

/** Text that every library takes: a Java string may hold half a surrogate pair, which JSON can name but no encoding can hold. */
public final class WellFormedText {
    private WellFormedText() {}

    /** The text with each half of a surrogate pair replaced by U+FFFD; every other char stays in its place. */
    public static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
