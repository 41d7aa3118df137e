package dev.tandem.tuning.example.near;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as the hashes of its words, so that texts can be compared without keeping them. Words are runs of letters and
 * digits, without regard to case, width and ligatures (Unicode NFKC) or to what stands between them; a character of a
 * script without spaces is a word of its own. Two different words have the same hash once in four thousand million pairs.
 */
public final class Words {
    private static final int[] NONE = {};

    private Words() {}

    /** A text's words in their order, hashed. */
    public static int[] of(CharSequence text) {
        var plain = normalised(text);
        var words = new int[Math.max(4, plain.length() / 5)];
        int count = 0;
        int at = 0;
        while (at < plain.length()) {
            int point = plain.codePointAt(at);
            if (!Character.isLetterOrDigit(point)) {
                at += Character.charCount(point);
                continue;
            }
            int hash = 0;
            boolean alone = standsAlone(point);
            do {
                hash = 31 * hash + point;
                at += Character.charCount(point);
                point = at < plain.length() ? plain.codePointAt(at) : ' ';
            } while (!alone && (Character.isLetterOrDigit(point) || isMark(point)) && !standsAlone(point));
            if (count == words.length) {
                words = Arrays.copyOf(words, 2 * count);
            }
            words[count++] = mixed(hash);
        }
        return count == 0 ? NONE : Arrays.copyOf(words, count);
    }

    /** One hash of all words in their order: equal for texts that differ in case, punctuation and spaces only. */
    public static long fingerprint(int[] words) {
        long hash = 0x9E3779B97F4A7C15L ^ words.length;
        for (int word : words) {
            hash = mixed64(hash * 0x100000001B3L ^ word);
        }
        return hash;
    }

    /** As {@link #fingerprint(int[])}, also for texts that have no words, such as a lone formula. */
    public static long fingerprint(String text, int[] words) {
        return words.length == 0 ? mixed64(text.strip().hashCode() + 0x5851F42D4C957F2DL) : fingerprint(words);
    }

    /**
     * The set of a text's word pairs, its first and last word paired with the text's ends.
     *
     * @return sorted, without repetition; empty for a text without words
     */
    public static int[] pairs(int[] words) {
        if (words.length == 0) {
            return NONE;
        }
        var pairs = new int[words.length + 1];
        int before = 17;
        for (int i = 0; i < words.length; i++) {
            pairs[i] = mixed(before * 0x01000193 ^ words[i]);
            before = words[i];
        }
        pairs[words.length] = mixed(before * 0x01000193 ^ 19);
        return set(pairs);
    }

    /** The set of a text's words: sorted, without repetition. */
    public static int[] set(int[] words) {
        var sorted = words.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** What two sorted sets have in common over what either has; 0 for two empty ones. */
    public static double jaccard(int[] one, int[] other) {
        int common = common(one, other);
        int all = one.length + other.length - common;
        return all == 0 ? 0 : (double) common / all;
    }

    /** What two sorted sets have in common over the smaller one; 0 if that is empty. */
    public static double containment(int[] one, int[] other) {
        int smaller = Math.min(one.length, other.length);
        return smaller == 0 ? 0 : (double) common(one, other) / smaller;
    }

    private static int common(int[] one, int[] other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (one[i] == other[j]) {
                common++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    private static String normalised(CharSequence text) {
        var written = text.toString();
        boolean ascii = true;
        for (int i = 0; i < written.length() && ascii; i++) {
            ascii = written.charAt(i) < 128;
        }
        return (ascii ? written : Normalizer.normalize(written, Normalizer.Form.NFKC)).toLowerCase(Locale.ROOT);
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean standsAlone(int point) {
        if (point < 0x0E00) {
            return false;
        }
        return Character.isIdeographic(point)
                || switch (Character.UnicodeScript.of(point)) {
                    case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }

    /** The finalizer of MurmurHash3: every bit of the input moves every bit of the result. */
    static int mixed(int hash) {
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    /** The finalizer of SplitMix64. */
    static long mixed64(long hash) {
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }
}
