package dev.tandem.evaluation.judge;

import java.util.List;
import org.apache.lucene.util.VectorUtil;

/**
 * How similar each word of a claim is to the most similar token of each sentence of a context (ColBERT's late interaction,
 * Khattab and Zaharia 2020, a word at a time).
 *
 * @param similarity cosine, {@code [words][sentences]}; the mean over the word's tokens
 */
record WordSupport(float[][] similarity) {
    static WordSupport of(EncodedText.Sentence claim, Context context) {
        List<Word> words = claim.words();
        var sum = new float[words.size()][context.sentences().size()];
        var count = new int[words.size()];
        for (int token = 0; token < claim.vectors().length; token++) {
            int word = wordAt(words, claim.tokenStarts()[token]);
            if (word >= 0) {
                count[word]++;
                for (int s = 0; s < context.sentences().size(); s++) {
                    sum[word][s] += best(
                            claim.vectors()[token], context.sentences().get(s).vectors());
                }
            }
        }
        for (int word = 0; word < sum.length; word++) {
            for (int s = 0; s < sum[word].length && count[word] > 1; s++) {
                sum[word][s] /= count[word];
            }
        }
        return new WordSupport(sum);
    }

    private static int wordAt(List<Word> words, int at) {
        for (int i = 0; i < words.size(); i++) {
            if (at >= words.get(i).start() && at < words.get(i).end()) {
                return i;
            }
        }
        return -1;
    }

    private static float best(float[] token, float[][] others) {
        float best = 0;
        for (var other : others) {
            best = Math.max(best, VectorUtil.dotProduct(token, other));
        }
        return best;
    }

    /** A word's similarity within a window of sentences. */
    double within(int word, int first, int last) {
        float best = 0;
        for (int s = first; s <= last; s++) {
            best = Math.max(best, similarity[word][s]);
        }
        return best;
    }
}
