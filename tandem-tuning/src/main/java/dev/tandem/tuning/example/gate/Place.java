package dev.tandem.tuning.example.gate;

/**
 * Where something was found.
 *
 * @param line of the example
 * @param detail what is the matter there, or nothing
 * @param excerpt of the text, in one line
 */
public record Place(int line, String detail, String excerpt) {
    private static final int LENGTH = 110;

    /** An excerpt around a place in a text. */
    static String excerpt(String text, int at) {
        int from = Math.max(0, at - LENGTH / 3);
        int to = Math.min(text.length(), from + LENGTH);
        var cut = text.substring(from, to).replaceAll("\\s+", " ").strip();
        return (from > 0 ? "…" : "") + cut + (to < text.length() ? "…" : "");
    }
}
