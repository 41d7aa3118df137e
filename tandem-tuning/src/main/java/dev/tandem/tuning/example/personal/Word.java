package dev.tandem.tuning.example.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word or number of a text as names and addresses are made of.
 *
 * @param start of its first character
 * @param end after its last; a full stop that belongs to an initial is inside
 * @param gap what stands between it and the word before; all before it for the first
 */
record Word(String text, int start, int end, String gap) {
    private static final int MOST_GAP = 12;

    /** What stands before the first word of a sentence, line or quotation. */
    private static final String BEGINNINGS = ".!?:\n\"“>•*([|-";

    /** The words of a text. */
    static List<Word> of(String text) {
        var words = new ArrayList<Word>();
        int at = 0;
        int last = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!Character.isLetterOrDigit(point)) {
                at += Character.charCount(point);
                continue;
            }
            int start = at;
            while (at < text.length() && isInside(text, at)) {
                at += Character.charCount(text.codePointAt(at));
            }
            int end = at;
            if (end - start == 1 && Character.isUpperCase(point) && end < text.length() && text.charAt(end) == '.') {
                end++;
                at++;
            }
            words.add(new Word(
                    text.substring(start, end), start, end, text.substring(Math.max(last, start - MOST_GAP), start)));
            last = end;
        }
        return words;
    }

    private static boolean isInside(String text, int at) {
        int point = text.codePointAt(at);
        if (Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK) {
            return true;
        }
        return (point == '\'' || point == '’' || point == '-' || point == '&')
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.codePointAt(at + 1))
                && !isPossessive(text, at);
    }

    private static boolean isPossessive(String text, int at) {
        return text.charAt(at) != '-'
                && text.charAt(at) != '&'
                && text.charAt(at + 1) == 's'
                && (at + 2 == text.length() || !Character.isLetterOrDigit(text.charAt(at + 2)));
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    boolean isNumber() {
        return Character.isDigit(text.charAt(0));
    }

    /** Begins with a capital letter. */
    boolean isCapital() {
        return Character.isUpperCase(text.codePointAt(0)) || Character.isTitleCase(text.codePointAt(0));
    }

    /** Has two or more letters, all capital. */
    boolean isAllCapitals() {
        return text.length() > 1 && text.chars().noneMatch(Character::isLowerCase) && !isNumber() && !isInitial();
    }

    boolean isInitial() {
        return text.length() <= 2 && isCapital() && (text.length() == 1 || text.charAt(1) == '.');
    }

    /** Whether only a space stands before it. */
    boolean follows() {
        return gap.equals(" ") || gap.equals(" \n") || gap.equals("  ");
    }

    /** Whether a sentence, a line or a quotation begins with it. */
    boolean begins() {
        for (int i = gap.length() - 1; i >= 0; i--) {
            if (BEGINNINGS.indexOf(gap.charAt(i)) >= 0) {
                return true;
            }
            if (!Character.isWhitespace(gap.charAt(i))) {
                return false;
            }
        }
        return gap.isEmpty();
    }
}
