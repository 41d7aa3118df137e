package dev.tandem.evaluation.judge.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * How far faithfulness agrees with people's verdicts on the same answers.
 *
 * @param answers with a label and a score
 * @param supported how many of them people found supported
 * @param balancedAccuracy by the judge's own threshold; none if all labels are the same
 * @param auroc none if all labels are the same
 * @param kappa Cohen's, by the judge's own threshold; none if judge and people always say the same one thing
 * @param calibrationError expected calibration error, ten bins
 * @param reliability up to five bins of about equally many answers, from the lowest scores
 */
public record LabelAgreement(
        int answers,
        int supported,
        Optional<Estimate> balancedAccuracy,
        Optional<Estimate> auroc,
        Optional<Estimate> kappa,
        Optional<Estimate> calibrationError,
        List<Measures.Bin> reliability) {
    private static final int BINS = 5;

    /**
     * Compares.
     *
     * @param scores one an answer, at least one
     * @param labels whether people found it supported, in the same order
     * @param threshold the score from which on the judge says so
     */
    public static LabelAgreement of(double[] scores, boolean[] labels, double threshold) {
        int supported = 0;
        for (boolean label : labels) {
            supported += label ? 1 : 0;
        }
        return new LabelAgreement(
                scores.length,
                supported,
                estimate(scores, labels, (some, said) -> Measures.balancedAccuracy(some, said, threshold)),
                estimate(scores, labels, Measures::auroc),
                estimate(scores, labels, (some, said) -> kappa(some, said, threshold)),
                estimate(scores, labels, Measures::calibrationError),
                Measures.bins(scores, labels, BINS));
    }

    private static Optional<Estimate> estimate(
            double[] scores, boolean[] labels, ToDoubleBiFunction<double[], boolean[]> measure) {
        var some = new double[scores.length];
        var said = new boolean[scores.length];
        return Estimate.of(scores.length, drawn -> {
            Arrays.setAll(some, i -> scores[drawn[i]]);
            for (int i = 0; i < drawn.length; i++) {
                said[i] = labels[drawn[i]];
            }
            return measure.applyAsDouble(some, said);
        });
    }

    private static double kappa(double[] scores, boolean[] labels, double threshold) {
        var judge = new int[scores.length];
        var people = new int[scores.length];
        Arrays.setAll(judge, i -> scores[i] >= threshold ? 1 : 0);
        Arrays.setAll(people, i -> labels[i] ? 1 : 0);
        return Measures.kappa(judge, people, 2);
    }
}
