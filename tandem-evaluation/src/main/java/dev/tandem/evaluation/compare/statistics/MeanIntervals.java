package dev.tandem.evaluation.compare.statistics;

import java.util.Arrays;

/** The interval that a mean of scores in [0, 1], or of their paired differences, is given: the one that keeps its word there. */
public final class MeanIntervals {
    public static final double CONFIDENCE = 0.95;

    /** With fewer units that differ, drawing anew repeats the same few and the bootstrap is too sure. */
    private static final int FEWEST_DIFFERING = 5;

    private static final double NO_SPREAD = 1e-9;

    private MeanIntervals() {}

    /**
     * The 95% interval of a mean score.
     *
     * @param binary whether all scores are 0 or 1
     */
    public static Interval ofScores(Sample scores, boolean binary) {
        double mean = scores.mean();
        double error = scores.standardError();
        if (binary && scores.isIndependent()) {
            return Proportions.wilson((int) Math.round(mean * scores.cases()), scores.cases(), CONFIDENCE);
        }
        if (scores.units() < 2 || error < NO_SPREAD) {
            // Equal scores say nothing of their spread; right or wrong ones have the largest.
            return Proportions.wilson(mean, scores.units(), -Normal.quantile((1 - CONFIDENCE) / 2), CONFIDENCE);
        }
        double effective = mean * (1 - mean) / (error * error);
        double quantile = StudentT.twoSidedQuantile(1 - CONFIDENCE, scores.units() - 1);
        return Proportions.wilson(mean, effective, quantile, CONFIDENCE);
    }

    /**
     * The 95% interval of a mean paired difference.
     *
     * @param binary whether all scores are 0 or 1
     */
    public static Interval ofDifferences(Sample differences, boolean binary, long seed) {
        int ahead =
                (int) Arrays.stream(differences.sums()).filter(sum -> sum > 0).count();
        int behind =
                (int) Arrays.stream(differences.sums()).filter(sum -> sum < 0).count();
        if (binary && differences.isIndependent() || ahead + behind < FEWEST_DIFFERING) {
            return Proportions.tango(ahead, behind, differences.units(), CONFIDENCE);
        }
        return BootstrapMean.of(differences, CONFIDENCE, seed);
    }
}
