package dev.tandem.knowledge.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A word of a question, a title or a value.
 *
 * @param form as it is compared: lower case, in the singular
 * @param written as it stands there
 * @param start its first char in the text
 * @param end behind its last char
 * @param parted whether something other than spaces, hyphens and apostrophes stands between it and the word before
 */
record Word(String form, String written, int start, int end, boolean parted) {
    /** What may stand between words that belong together. */
    private static final String LOOSE = " \t\n\u000B\f\r'’_-‐‑‒–(";

    /** Shorter words have no plural that is told from the word itself: "has", "bus". */
    private static final int SHORTEST_PLURAL = 4;

    /** Words that say nothing of which document is meant. */
    private static final Set<String> EMPTY = Set.of(
            ("a an the our your their its this that these those my any all and or of for to in on at by with from as s"
                            + " is are was were be")
                    .split(" ", -1));

    static List<Word> of(String text) {
        var words = new ArrayList<Word>();
        boolean parted = false;
        int at = 0;
        while (at < text.length()) {
            int end = endOfWord(text, at);
            if (end > at) {
                var written = text.substring(at, end);
                words.add(new Word(form(written), written, at, end, parted));
                parted = false;
                at = end;
            } else {
                int other = text.codePointAt(at);
                parted |= LOOSE.indexOf(other) < 0;
                at += Character.charCount(other);
            }
        }
        return words;
    }

    /** Where the letters and digits that begin at a place end. */
    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && isLetterOrNumber(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private static boolean isLetterOrNumber(int character) {
        int type = Character.getType(character);
        return Character.isLetterOrDigit(character)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static String form(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        if (lower.length() < SHORTEST_PLURAL || !lower.endsWith("s") || lower.endsWith("ss") || lower.endsWith("us")) {
            return lower;
        }
        return lower.endsWith("ies")
                ? lower.substring(0, lower.length() - 3) + "y"
                : lower.substring(0, lower.length() - 1);
    }

    boolean isEmpty() {
        return EMPTY.contains(form);
    }
}
