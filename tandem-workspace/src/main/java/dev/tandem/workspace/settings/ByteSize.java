package dev.tandem.workspace.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as people write it: {@code 64 MB}, {@code 1.5 GB}; units are powers of 1024.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?) ?([kmgt]?b)");

    /** A size in MB. */
    public static ByteSize megabytes(long count) {
        return new ByteSize(count << 20);
    }

    /** Reads {@code 64 MB}; empty if it is not written so. */
    public static Optional<ByteSize> parse(String written) {
        var match = FORM.matcher(written.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        int unit = " kmgt".indexOf(match.group(2).charAt(0));
        double bytes = Double.parseDouble(match.group(1)) * Math.pow(1024, Math.max(unit, 0));
        return Optional.of(new ByteSize(Math.round(bytes)));
    }

    /** With a unit and at most one decimal: {@code 1.5 GB}. */
    @Override
    public String toString() {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        var number = String.format(Locale.ROOT, "%.1f", size);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + UNITS.get(unit);
    }
}
