package dev.tandem.evaluation.compare.statistics;

import dev.tandem.evaluation.compare.statistics.Interval.Method;

/** Intervals of proportions over independent cases. */
public final class Proportions {
    private static final int HALVINGS = 50;

    private Proportions() {}

    /**
     * Wilson's interval (1927) of a share. It stays within [0, 1] and is never empty, even where all cases are right.
     *
     * @param hits how many cases have it
     * @param cases at least 1
     */
    public static Interval wilson(int hits, int cases, double confidence) {
        return wilson(hits / (double) cases, cases, -Normal.quantile((1 - confidence) / 2), confidence);
    }

    /**
     * Wilson's interval of a mean score in [0, 1], whose cases say as much as so many right or wrong ones would ("effective sample
     * size", Korn and Graubard, 1998): more than there are where scores are graded, fewer where cases are alike within clusters.
     * Near 0 and 1 it leans inwards, as it must, which an interval around the mean does not.
     */
    static Interval wilson(double mean, double cases, double quantile, double confidence) {
        double square = quantile * quantile;
        double middle = (mean + square / (2 * cases)) / (1 + square / cases);
        double half =
                quantile / (1 + square / cases) * Math.sqrt(mean * (1 - mean) / cases + square / (4 * cases * cases));
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half), confidence, Method.WILSON);
    }

    /**
     * The interval of the difference of two proportions over the same cases: all differences that the score test does not refuse
     * (Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample design", 1998). It
     * holds its coverage where both are near 1 and hardly ever disagree, where those that add cases (Bonett and Price, 2012) are
     * far too wide and the bootstrap is too sure.
     *
     * @param onlyFirst cases that only the first has
     * @param onlySecond cases that only the second has
     * @param cases at least 1
     */
    public static Interval tango(int onlyFirst, int onlySecond, int cases, double confidence) {
        double z = -Normal.quantile((1 - confidence) / 2);
        double measured = (onlyFirst - onlySecond) / (double) cases;
        return new Interval(
                lastAbove(z, -1, measured, onlyFirst, onlySecond, cases),
                lastAbove(-z, measured, 1, onlyFirst, onlySecond, cases),
                confidence,
                Method.TANGO);
    }

    /** The difference at which the score, which falls as the difference grows, is {@code wanted}. */
    private static double lastAbove(double wanted, double from, double upTo, int onlyFirst, int onlySecond, int cases) {
        double low = from;
        double high = upTo;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (score(middle, onlyFirst, onlySecond, cases) > wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** How many standard errors what was measured lies above a difference, the rest as likely as it can be made. */
    private static double score(double difference, int onlyFirst, int onlySecond, int cases) {
        double b = (2.0 * cases - onlyFirst + onlySecond) * difference - onlyFirst - onlySecond;
        double c = -onlySecond * difference * (1 - difference);
        double second = (Math.sqrt(Math.max(0, b * b - 8.0 * cases * c)) - b) / (4.0 * cases);
        double variance = cases * (2 * second + difference * (1 - difference));
        double surplus = onlyFirst - onlySecond - cases * difference;
        return surplus == 0 ? 0 : surplus / Math.sqrt(Math.max(variance, Double.MIN_NORMAL));
    }
}
