package dev.tandem.workspace.testset;

import dev.tandem.tuning.example.near.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A question as it is compared with others: its words in pairs, its vector and its answers. */
record AskedQuestion(String id, String question, int[] words, int[] pairs, float[] vector, Set<String> answers) {
    /** From this share of common word pairs on, two questions are said in the same words. */
    private static final double SAME_WORDS = 0.6;

    /** From this cosine on, two questions ask for the same in other words. */
    private static final double SAME_MEANING = 0.85;

    /** How a question relates to another. */
    enum Likeness {
        /** The same but for case, punctuation and spaces. */
        EXACT,
        /** Alike in words or meaning, with the same answer. */
        NEAR,
        NONE
    }

    static Set<String> plain(List<String> answers) {
        var plain = new HashSet<String>();
        answers.forEach(answer -> plain.add(answer.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()));
        return plain;
    }

    /** Questions that are alike but have other answers are different: "the price of A", "the price of B". */
    Likeness to(AskedQuestion other) {
        if (Words.fingerprint(words) == Words.fingerprint(other.words)) {
            return Likeness.EXACT;
        }
        boolean sameAnswer = answers.stream().anyMatch(other.answers::contains);
        return sameAnswer && (sameWords(other) >= SAME_WORDS || cosine(other) >= SAME_MEANING)
                ? Likeness.NEAR
                : Likeness.NONE;
    }

    double sameWords(AskedQuestion other) {
        return Words.jaccard(pairs, other.pairs);
    }

    double cosine(AskedQuestion other) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * (double) other.vector[i];
        }
        return sum;
    }
}
