package dev.tandem.cli.console;

/** Text broken between words. */
public final class Wrapping {
    private Wrapping() {}

    /**
     * Breaks text into lines.
     *
     * @param text its line breaks and runs of blanks count as one blank
     * @param indent what each line begins with
     * @param width most columns of a line, indent included; a longer word stands on a line of its own
     */
    public static String wrap(String text, String indent, int width) {
        var lines = new StringBuilder(text.length() + 64).append(indent);
        int column = indent.length();
        for (var word : text.strip().split("\\s+", -1)) {
            if (column > indent.length()) {
                boolean full = column + 1 + word.length() > width;
                lines.append(full ? System.lineSeparator() + indent : " ");
                column = full ? indent.length() : column + 1;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }

    /** Text broken into lines that keeps the breaks it has, blank lines among them. */
    public static String wrapLines(String text, String indent, int width) {
        return String.join(
                System.lineSeparator(),
                text.lines()
                        .map(line -> line.isBlank() ? "" : wrap(line, indent, width))
                        .toList());
    }

    /** The text in one line, cut between words with an ellipsis after at most so many characters. */
    public static String shortened(String text, int length) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= length) {
            return line;
        }
        int blank = line.lastIndexOf(' ', length - 1);
        int end = blank > length / 2 ? blank : length - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
