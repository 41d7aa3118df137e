package dev.tandem.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}, both in UTF-8 whatever the locale, so
 * that JSON is JSON everywhere.
 *
 * @param out results
 * @param err progress, remarks and errors
 * @param interactiveOut whether a person sees {@code out} as it is written
 * @param interactiveErr whether a person sees {@code err} as it is written
 * @param colours whether results may be coloured
 * @param width columns, at least 40
 */
public record Terminal(
        PrintWriter out, PrintWriter err, boolean interactiveOut, boolean interactiveErr, boolean colours, int width) {
    private static final int DEFAULT_WIDTH = 100;
    private static final int READABLE_WIDTH = 110;

    /**
     * The terminal of this process. Java cannot tell whether stdout alone is a terminal, so the launcher says it
     * ({@code -Dtandem.terminal=out,err}) with the width ({@code -Dtandem.width=80}); started in another way, output is plain.
     */
    public static Terminal ofProcess() {
        var interactive = System.getProperty("tandem.terminal", "");
        boolean out = interactive.contains("out");
        var noColour = System.getenv("NO_COLOR");
        boolean plain = noColour != null && !noColour.isEmpty() || "dumb".equals(System.getenv("TERM"));
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                out,
                interactive.contains("err"),
                out && !plain,
                width(System.getProperty("tandem.width", "")));
    }

    /** Plain output into two writers, as tests read it. */
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, false, DEFAULT_WIDTH);
    }

    /** A remark that is no result. */
    public void remark(String text) {
        err.println(printable(text));
        err.flush();
    }

    /** Text of a document that cannot steer the terminal: control characters are replaced, line breaks and tabs kept. */
    public static String printable(String text) {
        var clean = new StringBuilder(text.length());
        text.chars()
                .forEach(c -> clean.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : (char) c));
        return clean.toString();
    }

    public String bold(String text) {
        return coloured("1", text);
    }

    public String dim(String text) {
        return coloured("2", text);
    }

    public String accent(String text) {
        return coloured("36", text);
    }

    public String warning(String text) {
        return coloured("33", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
    }

    private static int width(String written) {
        var digits = written.toLowerCase(Locale.ROOT).matches("\\d{1,4}") ? Integer.parseInt(written) : DEFAULT_WIDTH;
        return Math.clamp(digits, 40, READABLE_WIDTH);
    }
}
