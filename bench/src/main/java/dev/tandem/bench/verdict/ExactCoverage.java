package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.statistics.Binomial;
import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.compare.statistics.Proportions;

/**
 * How often 95% intervals of right and wrong answers hold the truth, in percent: summed over all outcomes, so that no luck of a
 * simulation is in it.
 */
public final class ExactCoverage {
    private static final double CONFIDENCE = 0.95;

    /** What is added up in another order may differ in its last digits. */
    private static final double ROUNDING = 1e-9;

    private ExactCoverage() {}

    /** Of a share of right answers. */
    public static double ofScores(double rate, int cases) {
        double held = 0;
        for (int hits = 0; hits <= cases; hits++) {
            if (holds(Proportions.wilson(hits, cases, CONFIDENCE), rate)) {
                held += Binomial.probability(hits, cases, rate);
            }
        }
        return 100 * held;
    }

    /**
     * Of the difference of two.
     *
     * @param onlyFirst share of cases that only the first has right, above 0
     * @param onlySecond and only the second, above 0
     */
    public static double ofDifferences(double onlyFirst, double onlySecond, int cases) {
        double held = 0;
        for (int first = 0; first <= cases; first++) {
            double probability = Binomial.probability(first, cases, onlyFirst);
            for (int second = 0; second <= cases - first && probability > 1e-12; second++) {
                if (holds(Proportions.tango(first, second, cases, CONFIDENCE), onlyFirst - onlySecond)) {
                    held += probability * Binomial.probability(second, cases - first, onlySecond / (1 - onlyFirst));
                }
            }
        }
        return 100 * held;
    }

    private static boolean holds(Interval interval, double truth) {
        return interval.low() - ROUNDING <= truth && truth <= interval.high() + ROUNDING;
    }
}
