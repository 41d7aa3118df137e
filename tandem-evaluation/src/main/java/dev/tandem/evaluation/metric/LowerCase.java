package dev.tandem.evaluation.metric;

import java.util.Locale;

/**
 * Lower case by the Unicode standard's default algorithm, as Python's {@code str.lower()}, which the reference programs
 * use. Java's own differs in one thing: it tells whether a Greek sigma ends a word by word boundaries, where the standard
 * (section 3.13, Final_Sigma) looks for letters with case around it, past signs that such letters may have between them.
 */
public final class LowerCase {
    private static final char SIGMA = 'Σ';
    private static final char SMALL_SIGMA = 'σ';
    private static final char FINAL_SIGMA = 'ς';

    /** What may stand within a word by Unicode's word boundaries (MidLetter, MidNumLet, Single_Quote). */
    private static final String WITHIN_WORDS =
            "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

    private LowerCase() {}

    /** The text in lower case, whatever the language of the machine. */
    public static String of(String text) {
        int sigma = text.indexOf(SIGMA);
        if (sigma < 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        var small = new StringBuilder(text);
        for (; sigma >= 0; sigma = text.indexOf(SIGMA, sigma + 1)) {
            small.setCharAt(sigma, endsWord(text, sigma) ? FINAL_SIGMA : SMALL_SIGMA);
        }
        return small.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean endsWord(String text, int sigma) {
        int before = sigma;
        while (before > 0 && isIgnorable(text.codePointBefore(before))) {
            before -= Character.charCount(text.codePointBefore(before));
        }
        int after = sigma + 1;
        while (after < text.length() && isIgnorable(text.codePointAt(after))) {
            after += Character.charCount(text.codePointAt(after));
        }
        return before > 0
                && isCased(text.codePointBefore(before))
                && (after == text.length() || !isCased(text.codePointAt(after)));
    }

    /** Unicode's Cased. */
    private static boolean isCased(int c) {
        return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    /** Unicode's Case_Ignorable. */
    private static boolean isIgnorable(int c) {
        return WITHIN_WORDS.indexOf(c) >= 0
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.FORMAT,
                            Character.MODIFIER_LETTER,
                            Character.MODIFIER_SYMBOL -> true;
                    default -> false;
                };
    }
}
