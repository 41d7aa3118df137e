package dev.tandem.evaluation.compare.statistics;

import dev.tandem.evaluation.compare.statistics.Interval.Method;
import java.util.Arrays;
import java.util.Optional;

/** Quantiles of measured values, such as latencies, by the nearest rank. */
public final class Quantiles {
    private Quantiles() {}

    /** The smallest value that a share of the values does not exceed. */
    public static double of(double[] values, double share) {
        double[] sorted = sorted(values);
        return sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1];
    }

    /**
     * Its interval, which holds for any distribution; empty where there are too few values to have an upper end (the 95th
     * percentile needs 72 for a 95% interval).
     */
    public static Optional<Interval> interval(double[] values, double share, double confidence) {
        double[] sorted = sorted(values);
        double tail = (1 - confidence) / 2;
        int low = 0;
        double below = Binomial.probability(0, sorted.length, share);
        if (below > tail) {
            return Optional.empty();
        }
        while (below + Binomial.probability(low + 1, sorted.length, share) <= tail) {
            below += Binomial.probability(++low, sorted.length, share);
        }
        int high = sorted.length;
        double above = Binomial.probability(high, sorted.length, share);
        if (above > tail) {
            return Optional.empty();
        }
        while (above + Binomial.probability(high - 1, sorted.length, share) <= tail) {
            above += Binomial.probability(--high, sorted.length, share);
        }
        return Optional.of(new Interval(sorted[low], sorted[high - 1], confidence, Method.ORDER_STATISTICS));
    }

    private static double[] sorted(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A quantile needs at least one value");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
