package dev.tandem.evaluation.metric.text;

import java.util.Map;
import java.util.function.Predicate;

/**
 * Porter's stemmer (Porter, "An algorithm for suffix stripping", 1980) with the extensions of NLTK, which are the default
 * there and what rouge-score uses: irregular words, short words in -ies and -ied, a y after a consonant, -alli before
 * -bli, -fulli, -logi. It stems other than Porter's original and than Porter 2.
 */
final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    // Suffix and replacement in turn. The first suffix that fits decides, also when its condition then fails.
    private static final String[] STEP_1A = {"sses", "ss", "ies", "i", "ss", "ss", "s", ""};
    private static final String[] STEP_2 = {
        "ational", "ate", "tional", "tion", "enci", "ence", "anci", "ance", "izer", "ize", "bli", "ble", "alli", "al",
        "entli", "ent", "eli", "e", "ousli", "ous", "ization", "ize", "ation", "ate", "ator", "ate", "alism", "al",
        "iveness", "ive", "fulness", "ful", "ousness", "ous", "aliti", "al", "iviti", "ive", "biliti", "ble", "fulli",
        "ful"
    };
    private static final String[] STEP_3 = {
        "icate", "ic", "ative", "", "alize", "al", "iciti", "ic", "ical", "ic", "ful", "", "ness", ""
    };
    private static final String[] STEP_4 = {
        "al", "", "ance", "", "ence", "", "er", "", "ic", "", "able", "", "ible", "", "ant", "", "ement", "", "ment",
        "", "ent", "", "ion", "", "ou", "", "ism", "", "ate", "", "iti", "", "ous", "", "ive", "", "ize", ""
    };

    private PorterStemmer() {}

    /** The stem of a word of lower-case letters and digits. */
    static String stem(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (word.length() <= 2) {
            return word;
        }
        String stem = step2(step1c(step1b(step1a(word))));
        stem = replaced(stem, STEP_3, before -> measure(before) > 0);
        return step5(step4(stem));
    }

    private static String step1a(String word) {
        return word.length() == 4 && word.endsWith("ies") ? cut(word, 1) : replaced(word, STEP_1A, before -> true);
    }

    private static String step1b(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        if (word.endsWith("ed") && hasVowel(cut(word, 2))) {
            return mended(cut(word, 2));
        }
        return word.endsWith("ing") && hasVowel(cut(word, 3)) ? mended(cut(word, 3)) : word;
    }

    /** What -ed or -ing was taken from. */
    private static String mended(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        int last = stem.length() - 1;
        if (last > 0 && stem.charAt(last) == stem.charAt(last - 1) && isConsonant(stem, last)) {
            return "lsz".indexOf(stem.charAt(last)) < 0 ? cut(stem, 1) : stem;
        }
        return measure(stem) == 1 && endsInShortSyllable(stem) ? stem + "e" : stem;
    }

    private static String step1c(String word) {
        int y = word.length() - 1;
        return y > 1 && word.charAt(y) == 'y' && isConsonant(word, y - 1) ? cut(word, 1) + "i" : word;
    }

    private static String step2(String word) {
        if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
            return step2(cut(word, 2));
        }
        // The l of -logi counts as part of the stem, so that "geologi" is long enough.
        if (word.endsWith("logi")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        return replaced(word, STEP_2, before -> measure(before) > 0);
    }

    private static String step4(String word) {
        boolean ion = word.endsWith("ion");
        return replaced(
                word,
                STEP_4,
                before -> measure(before) > 1 && (!ion || "st".indexOf(before.charAt(before.length() - 1)) >= 0));
    }

    private static String step5(String word) {
        String stem = word;
        if (stem.endsWith("e")) {
            String before = cut(stem, 1);
            int measure = measure(before);
            stem = measure > 1 || measure == 1 && !endsInShortSyllable(before) ? before : stem;
        }
        return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
    }

    private static String replaced(String word, String[] rules, Predicate<String> condition) {
        for (int i = 0; i < rules.length; i += 2) {
            if (word.endsWith(rules[i])) {
                String before = cut(word, rules[i].length());
                return condition.test(before) ? before + rules[i + 1] : word;
            }
        }
        return word;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    /** Porter's m: how often a vowel is followed by a consonant. */
    private static int measure(String stem) {
        int measure = 0;
        boolean consonant = true;
        for (int i = 0; i < stem.length(); i++) {
            boolean next = isConsonant(stem.charAt(i), i == 0 || !consonant);
            if (next && !consonant) {
                measure++;
            }
            consonant = next;
        }
        return measure;
    }

    private static boolean hasVowel(String stem) {
        for (int i = 0; i < stem.length(); i++) {
            // No letter before the first vowel is one, so a y there is a vowel unless it begins the word.
            if (!isConsonant(stem.charAt(i), i == 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConsonant(String word, int place) {
        int run = place;
        while (run > 0 && word.charAt(run) == 'y') {
            run--;
        }
        // Of a run of y each is the contrary of the one before.
        boolean first = isConsonant(word.charAt(run), true);
        return ((place - run) % 2 == 0) == first;
    }

    private static boolean isConsonant(char letter, boolean yIs) {
        return switch (letter) {
            case 'a', 'e', 'i', 'o', 'u' -> false;
            case 'y' -> yIs;
            default -> true;
        };
    }

    /** Porter's *o: consonant, vowel, consonant other than w, x, y; and, for NLTK, vowel and consonant alone. */
    private static boolean endsInShortSyllable(String word) {
        int last = word.length() - 1;
        if (last == 1) {
            return !isConsonant(word, 0) && isConsonant(word, 1);
        }
        return last > 1
                && isConsonant(word, last - 2)
                && !isConsonant(word, last - 1)
                && isConsonant(word, last)
                && "wxy".indexOf(word.charAt(last)) < 0;
    }
}
