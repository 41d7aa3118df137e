package dev.tandem.evaluation.metric.text;

import dev.tandem.evaluation.metric.LowerCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * chrF2 (Popović, 2015) and chrF2++ (Popović, 2017) equal to sacrebleu's: the F-score, recall counting twice, of the mean
 * precision and recall of the n-grams of up to six characters, whitespace left out, and of up to {@code wordOrder} words.
 * Of several references, each text is compared with the one that its own value is highest for.
 *
 * @param wordOrder 0 for chrF2, 2 for chrF2++
 */
public record Chrf(int wordOrder, boolean lowercase) implements CorpusMetric {
    /** sacrebleu's defaults. */
    public static final Chrf DEFAULT = new Chrf(0, false);

    /** sacrebleu's {@code --chrf-word-order 2}. */
    public static final Chrf PLUS_PLUS = new Chrf(2, false);

    private static final int CHARACTER_ORDER = 6;
    private static final int BETA = 2;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    @Override
    public String name() {
        return "chrF" + BETA + "+".repeat(wordOrder);
    }

    /** For each order the n-grams of the prediction, of the reference, and those they share. */
    @Override
    public int[] counts(String prediction, List<String> references) {
        var numbers = new WordNumbers();
        var hypothesis = Parts.of(cased(prediction), wordOrder, numbers);
        int[] best = {};
        double bestScore = -1;
        for (String reference : references) {
            int[] counts = counts(hypothesis, Parts.of(cased(reference), wordOrder, numbers));
            double score = sentenceScore(counts);
            if (score > bestScore) {
                best = counts;
                bestScore = score;
            }
        }
        return best;
    }

    private String cased(String text) {
        return lowercase ? LowerCase.of(text) : text;
    }

    private int[] counts(Parts hypothesis, Parts reference) {
        int[] counts = new int[3 * (CHARACTER_ORDER + wordOrder)];
        count(hypothesis.characters, reference.characters, CHARACTER_ORDER, counts, 0);
        count(hypothesis.words, reference.words, wordOrder, counts, 3 * CHARACTER_ORDER);
        return counts;
    }

    private static void count(int[] hypothesis, int[] reference, int orders, int[] counts, int at) {
        int[] matches = NgramMatches.of(hypothesis, List.of(reference), orders);
        for (int order = 1; order <= orders; order++) {
            int inReference = NgramMatches.count(reference.length, order);
            int place = at + 3 * (order - 1);
            // Where the reference is too short for an order, nothing of the hypothesis counts either.
            counts[place] = inReference == 0 ? 0 : NgramMatches.count(hypothesis.length, order);
            counts[place + 1] = inReference;
            counts[place + 2] = matches[order - 1];
        }
    }

    @Override
    public double sentenceScore(int[] counts) {
        return corpusScore(Arrays.stream(counts).asLongStream().toArray());
    }

    @Override
    public double corpusScore(long[] sums) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int i = 0; i < sums.length; i += 3) {
            if (sums[i] > 0 && sums[i + 1] > 0) {
                precision += (double) sums[i + 2] / sums[i];
                recall += (double) sums[i + 2] / sums[i + 1];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + BETA * BETA) * precision * recall / (BETA * BETA * precision + recall);
    }

    @Override
    public String signature(OptionalInt references) {
        return CorpusMetric.referencesAndCase(references, lowercase) + "|eff:yes|nc:" + CHARACTER_ORDER + "|nw:"
                + wordOrder + "|space:no|version:" + SACREBLEU_VERSION;
    }

    /** A text as what is compared of it. */
    private record Parts(int[] characters, int[] words) {
        static Parts of(String text, int wordOrder, WordNumbers numbers) {
            return new Parts(
                    Whitespace.without(text).codePoints().toArray(),
                    wordOrder == 0 ? new int[0] : numbers.of(words(text)));
        }

        /** One mark is cut off a word, at its end or else at its beginning, as Popović's script does. */
        private static List<String> words(String text) {
            var words = new ArrayList<String>();
            for (String word : Whitespace.split(text)) {
                int last = word.length() - 1;
                if (last > 0 && isMark(word.charAt(last))) {
                    words.add(word.substring(0, last));
                    words.add(word.substring(last));
                } else if (last > 0 && isMark(word.charAt(0))) {
                    words.add(word.substring(0, 1));
                    words.add(word.substring(1));
                } else {
                    words.add(word);
                }
            }
            return words;
        }

        private static boolean isMark(char c) {
            return PUNCTUATION.indexOf(c) >= 0;
        }
    }
}
