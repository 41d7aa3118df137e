package dev.tandem.evaluation.compare.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of cases, gathered in the units that are independent of each other: clusters of cases (those made from one document),
 * or the cases themselves. Immutable.
 */
public final class Sample {
    private final double[] sums;
    private final int[] sizes;
    private final int cases;

    private Sample(double[] sums, int[] sizes) {
        this.sums = sums;
        this.sizes = sizes;
        this.cases = Arrays.stream(sizes).sum();
    }

    /** Of values that are all independent; at least one. */
    public static Sample independent(double[] values) {
        int[] ones = new int[values.length];
        Arrays.fill(ones, 1);
        return checked(new Sample(values.clone(), ones));
    }

    /**
     * Of values in clusters.
     *
     * @param clusters each value's cluster
     */
    public static Sample clustered(double[] values, List<String> clusters) {
        if (values.length != clusters.size()) {
            throw new IllegalArgumentException(values.length + " values, but clusters of " + clusters.size());
        }
        Map<String, Integer> places = new HashMap<>();
        double[] sums = new double[values.length];
        int[] sizes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int place = places.computeIfAbsent(clusters.get(i), key -> places.size());
            sums[place] += values[i];
            sizes[place]++;
        }
        return checked(new Sample(Arrays.copyOf(sums, places.size()), Arrays.copyOf(sizes, places.size())));
    }

    private static Sample checked(Sample sample) {
        if (sample.sums.length == 0) {
            throw new IllegalArgumentException("A sample needs at least one value");
        }
        return sample;
    }

    public int cases() {
        return cases;
    }

    /** How many parts are independent of each other. */
    public int units() {
        return sums.length;
    }

    /** Whether each case is a unit of its own. */
    public boolean isIndependent() {
        return units() == cases;
    }

    /** Of the values, each counting the same whatever its cluster. */
    public double mean() {
        return Arrays.stream(sums).sum() / cases;
    }

    /** Each unit's sum of values. */
    double[] sums() {
        return sums.clone();
    }

    /** Each unit's number of cases. */
    int[] sizes() {
        return sizes.clone();
    }

    /** The mean's standard error, from how far the units are apart (linearised where sizes differ); 0 for a single unit. */
    public double standardError() {
        if (units() < 2) {
            return 0;
        }
        double mean = mean();
        double squares = 0;
        for (int i = 0; i < sums.length; i++) {
            double residual = sums[i] - mean * sizes[i];
            squares += residual * residual;
        }
        return Math.sqrt(squares * units() / (units() - 1.0)) / cases;
    }
}
