package dev.tandem.bench.judge;

import static dev.tandem.evaluation.judge.agreement.Measures.balancedAccuracy;

import java.util.Arrays;

/** The threshold that fits labels best. */
final class Thresholds {
    private Thresholds() {}

    /** The threshold with the best balanced accuracy, half way between two scores. */
    static double best(double[] scores, boolean[] labels) {
        var sorted = Arrays.stream(scores).sorted().distinct().toArray();
        double best = sorted[0];
        for (int i = 0; i + 1 < sorted.length; i++) {
            double middle = (sorted[i] + sorted[i + 1]) / 2;
            if (balancedAccuracy(scores, labels, middle) > balancedAccuracy(scores, labels, best)) {
                best = middle;
            }
        }
        return best;
    }
}
