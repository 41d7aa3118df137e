package dev.tandem.evaluation.gate.output;

import java.util.List;
import java.util.stream.Collectors;

/** Any text as text of a Markdown document, which it cannot become part of: no markup, no HTML, no table cell of its own. */
public final class MarkdownText {
    private static final String MARKUP = "\\`*_{}[]#+!|~$";

    private MarkdownText() {}

    /** In one line; a name after an {@code @} calls nobody. */
    public static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                // A zero-width space parts the sign from a name; within a word, as in recall@5, it calls nobody.
                case '@' -> escaped.append(endsWord(escaped) ? "@" : "@\u200B");
                default -> {
                    if (MARKUP.indexOf(point) >= 0) {
                        escaped.append('\\').appendCodePoint(point);
                    } else if (Character.isWhitespace(point) || Character.isISOControl(point)) {
                        escaped.append(' ');
                    } else if (isFormat(point)) {
                        escaped.append('\uFFFD');
                    } else {
                        escaped.appendCodePoint(point);
                    }
                }
            }
        });
        return escaped.toString().strip();
    }

    private static boolean endsWord(StringBuilder text) {
        return !text.isEmpty() && Character.isLetterOrDigit(text.charAt(text.length() - 1));
    }

    /** Signs that turn the direction of what follows, and halves of characters. */
    private static boolean isFormat(int point) {
        return point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069
                || Character.getType(point) == Character.SURROGATE;
    }

    /** A table; the first column to the left, the others to the right. All is escaped. */
    public static String table(List<String> headings, List<List<String>> rows) {
        var rule = headings.stream().skip(1).map(any -> " ---: |").collect(Collectors.joining("", "| --- |", "\n"));
        return row(headings) + rule + rows.stream().map(MarkdownText::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownText::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
