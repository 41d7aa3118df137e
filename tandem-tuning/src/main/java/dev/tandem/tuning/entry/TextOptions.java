package dev.tandem.tuning.entry;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How text is written where the file itself does not tell.
 *
 * @param encoding where it is not UTF-8 and bears no byte order mark
 * @param delimiter between a delimited text's cells; the header line's most frequent candidate otherwise
 */
public record TextOptions(Optional<Charset> encoding, Optional<Character> delimiter) {
    /** All is told from the file. */
    public static final TextOptions TOLD = new TextOptions(Optional.empty(), Optional.empty());
}
