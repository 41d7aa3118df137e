package dev.tandem.evaluation.metric.text;

import java.util.List;
import java.util.OptionalInt;

/**
 * A metric that is no mean: its value for many texts comes from the sums of what was counted in each. Implementations are
 * immutable.
 */
public sealed interface CorpusMetric permits Bleu, Chrf {
    /** The release of sacrebleu whose definition this is, and that the golden files of the tests come from. */
    String SACREBLEU_VERSION = "2.6.0";

    /** The name as sacrebleu writes it. */
    String name();

    /**
     * Counts in one text, always equally many numbers.
     *
     * @param references at least one
     */
    int[] counts(String prediction, List<String> references);

    /** The value of the texts whose counts were summed, in [0, 100]. */
    double corpusScore(long[] sums);

    /** The value of one text, in [0, 100]. */
    double sentenceScore(int[] counts);

    /**
     * What the value of a corpus means, as sacrebleu writes it; with the version of sacrebleu that it is equal to.
     *
     * @param references how many each text has; empty if they differ
     */
    String signature(OptionalInt references);

    /** What begins every signature. */
    static String referencesAndCase(OptionalInt references, boolean lowercase) {
        return "nrefs:" + (references.isPresent() ? references.getAsInt() : "var") + "|case:"
                + (lowercase ? "lc" : "mixed");
    }

    /** Sums counts. */
    static long[] sum(List<int[]> counts) {
        long[] sums = new long[counts.isEmpty() ? 0 : counts.getFirst().length];
        for (int[] each : counts) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += each[i];
            }
        }
        return sums;
    }
}
