package dev.tandem.evaluation.metric.text;

import dev.tandem.evaluation.metric.LowerCase;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * BLEU (Papineni et al., 2002) equal to sacrebleu's (Post, 2018): n-grams of up to four words, clipped at the reference
 * that has them most often; the brevity penalty by the reference whose length is closest, the shorter of two; exponential
 * smoothing (Chen and Cherry, 2014, method 3). A sentence's value leaves out orders that it is too short for
 * (sacrebleu's {@code effective_order}), a corpus's does not.
 */
public record Bleu(BleuTokenizer tokenizer, boolean lowercase) implements CorpusMetric {
    /** sacrebleu's defaults. */
    public static final Bleu DEFAULT = new Bleu(BleuTokenizer.V13A, false);

    private static final int ORDERS = 4;
    private static final int MATCHES = 2;
    private static final int TOTALS = MATCHES + ORDERS;

    @Override
    public String name() {
        return "BLEU";
    }

    /** The length, the closest reference length, the matches of each order, the n-grams of each order. */
    @Override
    public int[] counts(String prediction, List<String> references) {
        var numbers = new WordNumbers();
        int[] hypothesis = numbers.of(words(prediction));
        List<int[]> expected =
                references.stream().map(each -> numbers.of(words(each))).toList();
        int[] counts = new int[TOTALS + ORDERS];
        counts[0] = hypothesis.length;
        counts[1] = closest(hypothesis.length, expected);
        System.arraycopy(NgramMatches.of(hypothesis, expected, ORDERS), 0, counts, MATCHES, ORDERS);
        for (int order = 1; order <= ORDERS; order++) {
            counts[TOTALS + order - 1] = NgramMatches.count(hypothesis.length, order);
        }
        return counts;
    }

    private List<String> words(String text) {
        String cased = lowercase ? LowerCase.of(text) : text;
        return tokenizer.words(Whitespace.withoutTrailing(cased));
    }

    private static int closest(int length, List<int[]> references) {
        int closest = references.getFirst().length;
        for (int[] reference : references) {
            int nearer = Math.abs(length - closest) - Math.abs(length - reference.length);
            if (nearer > 0 || nearer == 0 && reference.length < closest) {
                closest = reference.length;
            }
        }
        return closest;
    }

    @Override
    public double corpusScore(long[] sums) {
        return score(sums, false);
    }

    @Override
    public double sentenceScore(int[] counts) {
        return score(Arrays.stream(counts).asLongStream().toArray(), true);
    }

    private static double score(long[] counts, boolean effectiveOrder) {
        double smoothing = 1;
        double logarithms = 0;
        int orders = 0;
        boolean anyMatch = false;
        for (; orders < ORDERS && counts[TOTALS + orders] > 0; orders++) {
            long matches = counts[MATCHES + orders];
            anyMatch |= matches > 0;
            if (matches == 0) {
                smoothing *= 2;
            }
            double precision = (matches == 0 ? 1 / smoothing : matches) / counts[TOTALS + orders];
            logarithms += Math.log(100 * precision);
        }
        if (!anyMatch || orders < ORDERS && !effectiveOrder) {
            return 0;
        }
        return brevityPenalty(counts[0], counts[1]) * Math.exp(logarithms / orders);
    }

    private static double brevityPenalty(long length, long reference) {
        return length < reference ? Math.exp(1 - (double) reference / length) : 1;
    }

    @Override
    public String signature(OptionalInt references) {
        return CorpusMetric.referencesAndCase(references, lowercase) + "|eff:no|tok:" + tokenizer.label()
                + "|smooth:exp|version:" + SACREBLEU_VERSION;
    }
}
