package dev.tandem.evaluation.testset;

/** Text of a user's file as an error message may show it: its beginning, on one line. */
public final class Shortened {
    private static final int LENGTH = 60;

    private Shortened() {}

    /** Its beginning. */
    public static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "...";
    }
}
