package dev.tandem.evaluation.drift;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether vectors come from elsewhere than a reference: the maximum mean discrepancy (Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A
 * kernel two-sample test", 2012) with a Gaussian kernel, tested by permutation of blocks. The kernel is summed over pairs of blocks once, so
 * that a draw costs as many additions as there are pairs of blocks. Immutable; safe for use by many threads.
 */
public final class VectorShift {
    private final float[][] reference;
    private final int block;
    private final int blocks;
    private final double sharpness;

    /** Sums of the kernel over pairs of the reference's blocks; the last block holds what is left over. */
    private final double[][] sums;

    /**
     * A reference.
     *
     * @param reference in its order: unit vectors of one length, at least two blocks
     * @param block how many neighbours are kept together
     */
    public VectorShift(List<float[]> reference, int block) {
        if (reference.size() < 2 * block || reference.size() < 2) {
            throw new IllegalArgumentException(
                    "A reference of " + reference.size() + " vectors has too few blocks of " + block);
        }
        this.reference = reference.toArray(float[][]::new);
        this.block = block;
        this.blocks = this.reference.length / block;
        this.sharpness = KernelWidth.sharpness(this.reference);
        this.sums = new double[blocks + 1][blocks + 1];
        for (int i = 0; i < this.reference.length; i++) {
            for (int j = 0; j < i; j++) {
                double similar = kernel(this.reference[i], this.reference[j]);
                sums[place(i)][place(j)] += similar;
                sums[place(j)][place(i)] += similar;
            }
        }
    }

    /** The block of one of the reference. */
    private int place(int index) {
        return index / block;
    }

    private double kernel(float[] one, float[] other) {
        return Math.exp(-sharpness * KernelWidth.squaredDistance(one, other));
    }

    /**
     * A vector beside the reference, to be looked at in several windows.
     *
     * @param similar the kernel summed over each block of the reference
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Placed(float[] vector, double[] similar) {}

    /** Places a vector beside the reference. */
    public Placed place(float[] vector) {
        var similar = new double[blocks + 1];
        for (int i = 0; i < reference.length; i++) {
            similar[place(i)] += kernel(vector, reference[i]);
        }
        return new Placed(vector, similar);
    }

    /**
     * Compares the newest vectors with the reference.
     *
     * @param window in its order, whole blocks
     * @param level of the test
     */
    public Shift of(List<Placed> window, double level, long seed) {
        int size = window.size();
        int count = size / block;
        if (count < 1 || size % block != 0) {
            throw new IllegalArgumentException("A window of " + size + " is not of blocks of " + block);
        }
        var all = new double[count + blocks + 1][count + blocks + 1];
        for (int a = 0; a <= blocks; a++) {
            System.arraycopy(sums[a], 0, all[count + a], count, blocks + 1);
        }
        for (int i = 0; i < size; i++) {
            var placed = window.get(i);
            int own = i / block;
            for (int a = 0; a <= blocks; a++) {
                all[own][count + a] += placed.similar()[a];
                all[count + a][own] += placed.similar()[a];
            }
            for (int j = 0; j < i; j++) {
                double similar = kernel(placed.vector(), window.get(j).vector());
                all[own][j / block] += similar;
                all[j / block][own] += similar;
            }
        }
        var outcome = PermutationTest.run(count + blocks, count, discrepancy(all, size, reference.length), level, seed);
        return new Shift(size, outcome.measured(), outcome.expected(), outcome.pValue(), level);
    }

    /** The squared discrepancy of a window's blocks from the rest, by sums over ordered pairs of different vectors. */
    private static ToDoubleFunction<int[]> discrepancy(double[][] sums, double size, double rest) {
        var rows = new double[sums.length];
        double all = 0;
        for (int a = 0; a < sums.length; a++) {
            for (double sum : sums[a]) {
                rows[a] += sum;
            }
            all += rows[a];
        }
        double total = all;
        return chosen -> {
            double within = 0;
            double out = 0;
            for (int a = 0; a < chosen.length; a++) {
                var row = sums[chosen[a]];
                out += rows[chosen[a]];
                within += row[chosen[a]];
                for (int b = 0; b < a; b++) {
                    within += 2 * row[chosen[b]];
                }
            }
            double across = out - within;
            return within / (size * (size - 1))
                    - 2 * across / (size * rest)
                    + (total - 2 * across - within) / (rest * (rest - 1));
        };
    }
}
