package dev.tandem.evaluation.compare.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired permutation test: without a difference, each unit's difference could as well have had the other sign. Clusters are
 * turned as a whole, so that alike cases do not count as many. It holds for binary and graded scores.
 *
 * <p>Up to 16 units that differ, all signs are tried. With more, signs are drawn until 400 draws were as extreme as what was
 * measured, or 20,000 times (Besag and Clifford, "Sequential Monte Carlo p-values", 1991): the result is itself a valid p-value,
 * and large ones, which need no digits, are had quickly.
 */
public final class SignFlip {
    private static final int ALL_SIGNS_UP_TO = 16;
    private static final int ENOUGH_EXTREME = 400;
    private static final int DRAWS = 20_000;

    /** Sums that differ in rounding only count as equal. */
    private static final double ROUNDING = 1e-12;

    private SignFlip() {}

    /**
     * The two-sided p-value.
     *
     * @param differences of the paired scores
     */
    public static double pValue(Sample differences, long seed) {
        double[] units = Arrays.stream(differences.sums())
                .filter(sum -> Math.abs(sum) > ROUNDING)
                .toArray();
        double measured = Math.abs(Arrays.stream(units).sum());
        double scale = Arrays.stream(units).map(Math::abs).sum();
        double bound = measured - ROUNDING * Math.max(1, scale);
        return units.length <= ALL_SIGNS_UP_TO ? ofAllSigns(units, bound) : ofDrawnSigns(units, bound, seed);
    }

    private static double ofAllSigns(double[] units, double bound) {
        int patterns = 1 << units.length;
        int extreme = 0;
        for (int pattern = 0; pattern < patterns; pattern++) {
            double sum = 0;
            for (int i = 0; i < units.length; i++) {
                sum += (pattern >> i & 1) == 0 ? units[i] : -units[i];
            }
            if (Math.abs(sum) >= bound) {
                extreme++;
            }
        }
        return extreme / (double) patterns;
    }

    private static double ofDrawnSigns(double[] units, double bound, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int extreme = 0;
        for (int draw = 1; draw <= DRAWS; draw++) {
            if (Math.abs(drawnSum(units, random)) >= bound && ++extreme == ENOUGH_EXTREME) {
                return extreme / (double) draw;
            }
        }
        return (extreme + 1) / (DRAWS + 1.0);
    }

    private static double drawnSum(double[] units, SplittableRandom random) {
        double sum = 0;
        for (int start = 0; start < units.length; start += Long.SIZE) {
            long signs = random.nextLong();
            int end = Math.min(units.length, start + Long.SIZE);
            for (int i = start; i < end; i++) {
                sum += (signs & 1) == 0 ? units[i] : -units[i];
                signs >>>= 1;
            }
        }
        return sum;
    }
}
