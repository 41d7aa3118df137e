package dev.tandem.evaluation.metric;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A percentile bootstrap interval of a mean over queries (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
 * chapter 13): how far the mean would move with other queries of the same kind. The same values and seed give the same
 * interval on every machine.
 *
 * @param confidence in (0, 1)
 * @param samples how often the queries were drawn anew
 */
public record BootstrapInterval(double low, double high, double confidence, int samples, long seed) {
    private static final double CONFIDENCE = 0.95;
    private static final int SAMPLES = 2_000;

    /** More for a higher confidence, so that the tails still hold dozens of samples. */
    private static final int MANY_SAMPLES = 10_000;

    /** The 95% interval of the mean of at least one value. */
    public static BootstrapInterval ofMean(double[] values, long seed) {
        return ofMean(values, CONFIDENCE, SAMPLES, seed);
    }

    private static BootstrapInterval ofMean(double[] values, double confidence, int samples, long seed) {
        if (values.length == 0) {
            throw new IllegalArgumentException("An interval needs at least one value");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[samples];
        for (int sample = 0; sample < samples; sample++) {
            double sum = 0;
            for (int draw = 0; draw < values.length; draw++) {
                sum += values[random.nextInt(values.length)];
            }
            means[sample] = sum / values.length;
        }
        return between(means, confidence, seed);
    }

    /**
     * The 95% interval of a value that is no mean but is computed from the sums of what was counted in each query, as
     * BLEU is.
     *
     * @param counts of at least one query, equally many of each
     * @param value of the sums; called by many threads
     */
    public static BootstrapInterval ofSums(List<int[]> counts, ToDoubleFunction<long[]> value, long seed) {
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("An interval needs the counts of at least one query");
        }
        int[][] rows = counts.toArray(int[][]::new);
        SplittableRandom random = new SplittableRandom(seed);
        // Each sample has a generator of its own, so that threads change nothing.
        double[] values = Stream.generate(random::split).limit(SAMPLES).toList().parallelStream()
                .mapToDouble(own -> value.applyAsDouble(drawnSums(rows, own)))
                .toArray();
        return between(values, CONFIDENCE, seed);
    }

    private static long[] drawnSums(int[][] rows, SplittableRandom random) {
        long[] sums = new long[rows[0].length];
        for (int draw = 0; draw < rows.length; draw++) {
            int[] row = rows[random.nextInt(rows.length)];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row[i];
            }
        }
        return sums;
    }

    private static BootstrapInterval between(double[] values, double confidence, long seed) {
        Arrays.sort(values);
        int tail = (int) Math.round(values.length * (1 - confidence) / 2);
        return new BootstrapInterval(values[tail], values[values.length - 1 - tail], confidence, values.length, seed);
    }

    /**
     * The paired interval of {@code mean(second) - mean(first)}: values at the same place belong to the same query. Zero
     * outside the interval means that the two systems differ.
     */
    public static BootstrapInterval ofDifference(double[] first, double[] second, long seed) {
        return ofMean(differences(first, second), seed);
    }

    /** The same at another confidence, such as one that allows for several comparisons. */
    public static BootstrapInterval ofDifference(double[] first, double[] second, double confidence, long seed) {
        return ofMean(differences(first, second), confidence, MANY_SAMPLES, seed);
    }

    private static double[] differences(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "Paired values must be of equal number: " + first.length + " and " + second.length);
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> second[i] - first[i]);
        return differences;
    }
}
