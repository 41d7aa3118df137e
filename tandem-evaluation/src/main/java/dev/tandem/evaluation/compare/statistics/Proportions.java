package dev.tandem.evaluation.compare.statistics;

import dev.tandem.evaluation.compare.statistics.Interval.Method;

/** Intervals of proportions over independent cases. */
public final class Proportions {
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
     * The interval of the difference of two proportions over the same cases: Wald's, with one case added to either kind of
     * disagreement (Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on
     * paired data", 2012). Unlike the bootstrap it holds its coverage where the two hardly ever disagree.
     *
     * @param onlyFirst cases that only the first has
     * @param onlySecond cases that only the second has
     * @param cases at least 1
     */
    public static Interval bonettPrice(int onlyFirst, int onlySecond, int cases, double confidence) {
        double z = -Normal.quantile((1 - confidence) / 2);
        double first = (onlyFirst + 1.0) / (cases + 2);
        double second = (onlySecond + 1.0) / (cases + 2);
        double difference = first - second;
        double half = z * Math.sqrt((first + second - difference * difference) / (cases + 2));
        return new Interval(
                Math.max(-1, difference - half), Math.min(1, difference + half), confidence, Method.BONETT_PRICE);
    }
}
