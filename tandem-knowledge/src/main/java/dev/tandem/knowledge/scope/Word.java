package dev.tandem.knowledge.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern LOOSE = Pattern.compile("[\\s'’_\\-‐-–(]*");

    /** Shorter words have no plural that is told from the word itself: "has", "bus". */
    private static final int SHORTEST_PLURAL = 4;

    /** Words that say nothing of which document is meant. */
    private static final Set<String> EMPTY = Set.of(
            ("a an the our your their its this that these those my any all and or of for to in on at by with from as s"
                            + " is are was were be")
                    .split(" ", -1));

    static List<Word> of(String text) {
        var words = new ArrayList<Word>();
        var matcher = WORD.matcher(text);
        int before = 0;
        while (matcher.find()) {
            boolean parted =
                    !LOOSE.matcher(text.substring(before, matcher.start())).matches();
            words.add(new Word(form(matcher.group()), matcher.group(), matcher.start(), matcher.end(), parted));
            before = matcher.end();
        }
        return words;
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
