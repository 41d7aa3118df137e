package dev.tandem.evaluation.compare.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's correction ("A simple sequentially rejective multiple test procedure", 1979): among any number of comparisons,
 * the probability that even one is wrongly called a difference stays within the level. Nothing is assumed of how they depend on
 * each other.
 */
public final class Holm {
    private Holm() {}

    /** The corrected p-values, in the order given; at most the level means: a difference. */
    public static double[] adjusted(double[] pValues) {
        double[] equal = new double[pValues.length];
        Arrays.fill(equal, 1);
        return adjusted(pValues, equal);
    }

    /**
     * The same where some comparisons matter more (Holm's section 3): each gets a share of the level by its weight, and the
     * shares of those found go to the others.
     *
     * @param weights above 0, one a p-value; only their ratios matter
     */
    public static double[] adjusted(double[] pValues, double[] weights) {
        if (pValues.length != weights.length) {
            throw new IllegalArgumentException(pValues.length + " p-values, but " + weights.length + " weights");
        }
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i] / weights[i]));
        double[] adjusted = new double[pValues.length];
        double remaining = Arrays.stream(weights).sum();
        double largest = 0;
        for (int place : order) {
            largest = Math.max(largest, Math.min(1, pValues[place] * remaining / weights[place]));
            adjusted[place] = largest;
            remaining -= weights[place];
        }
        return adjusted;
    }
}
