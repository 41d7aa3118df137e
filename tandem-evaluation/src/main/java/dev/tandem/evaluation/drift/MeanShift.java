package dev.tandem.evaluation.drift;

import java.util.List;

/**
 * Whether values have become larger (or smaller) than a reference's: the difference of means, tested by permutation of blocks, so that it
 * holds for shares (values of 0 and 1), scores and times alike, whatever their distribution. Immutable; safe for use by many threads.
 */
public final class MeanShift {
    private final double[] reference;
    private final int block;
    private final boolean upwards;

    /**
     * A reference.
     *
     * @param reference in its order, at least one block
     * @param block how many neighbours are kept together
     * @param upwards whether larger values are the bad ones
     */
    public MeanShift(List<Double> reference, int block, boolean upwards) {
        if (reference.size() < block) {
            throw new IllegalArgumentException("A reference of " + reference.size() + " has no block of " + block);
        }
        this.reference = reference.stream().mapToDouble(Double::doubleValue).toArray();
        this.block = block;
        this.upwards = upwards;
    }

    /**
     * Compares the newest values with the reference.
     *
     * @param window in its order, whole blocks
     * @param level of the test
     */
    public Shift of(List<Double> window, double level, long seed) {
        int size = window.size();
        int count = size / block;
        if (count < 1 || size % block != 0) {
            throw new IllegalArgumentException("A window of " + size + " is not of blocks of " + block);
        }
        // What is left over of the reference is never drawn, but counts in its mean.
        var sums = new double[count + reference.length / block];
        double all = 0;
        for (int i = 0; i < size; i++) {
            sums[i / block] += window.get(i);
            all += window.get(i);
        }
        for (int i = 0; i < reference.length; i++) {
            if (i / block < reference.length / block) {
                sums[count + i / block] += reference[i];
            }
            all += reference[i];
        }
        double total = all;
        double sign = upwards ? 1 : -1;
        var outcome = PermutationTest.run(
                sums.length,
                count,
                chosen -> {
                    double within = 0;
                    for (int each : chosen) {
                        within += sums[each];
                    }
                    return sign * (within / size - (total - within) / reference.length);
                },
                level,
                seed);
        return new Shift(size, outcome.measured(), outcome.expected(), outcome.pValue(), level);
    }
}
