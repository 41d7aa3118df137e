package dev.tandem.evaluation.drift;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * One-sided permutation tests of two samples: if both come from one source, any other observations could as well have been the window.
 * Blocks of observations that follow each other are drawn as a whole, since neighbours may be alike (Kirch, "Block permutation principles
 * for the change analysis of dependent data", 2007); single ones would find drift wherever a person asks twice about one thing.
 *
 * <p>Drawing ends as soon as the p-value is known to be large (Besag and Clifford, "Sequential Monte Carlo p-values", 1991), so that a look
 * at a stream without drift costs some hundred draws, not thousands; what comes out is itself a valid p-value.
 */
final class PermutationTest {
    /** A p-value that rests on so many draws as extreme as what was measured is exact enough. */
    private static final int ENOUGH_EXTREME = 20;

    /** Draws for each expected one at the level: with fewer, a p-value could miss the level by a single draw. */
    private static final int DRAWS_PER_LEVEL = 3;

    /** Statistics that differ in rounding only count as equal. */
    private static final double ROUNDING = 1e-9;

    private PermutationTest() {}

    /**
     * What a test found.
     *
     * @param measured the statistic
     * @param expected its mean over the draws: what chance alone gives
     * @param pValue in (0, 1]
     */
    record Outcome(double measured, double expected, double pValue) {}

    /**
     * Tests.
     *
     * @param blocks how many there are together; the first {@code window} are the window
     * @param statistic of the blocks of a window; larger for windows that are less like the rest
     * @param level the p-value that must be told from larger ones
     */
    static Outcome run(int blocks, int window, ToDoubleFunction<int[]> statistic, double level, long seed) {
        var order = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            order[i] = i;
        }
        var chosen = new int[window];
        System.arraycopy(order, 0, chosen, 0, window);
        double measured = statistic.applyAsDouble(chosen);
        double bound = measured - ROUNDING * Math.max(1e-6, Math.abs(measured));
        var random = new SplittableRandom(seed);
        int most = (int) Math.ceil(DRAWS_PER_LEVEL / level);
        int extreme = 0;
        double sum = 0;
        for (int draw = 1; draw <= most; draw++) {
            shuffle(order, chosen, random);
            double drawn = statistic.applyAsDouble(chosen);
            sum += drawn;
            if (drawn >= bound && ++extreme == ENOUGH_EXTREME) {
                return new Outcome(measured, sum / draw, extreme / (double) draw);
            }
        }
        return new Outcome(measured, sum / most, (extreme + 1) / (most + 1.0));
    }

    /** The first steps of Fisher and Yates' shuffle: any order is a start as good as another. */
    private static void shuffle(int[] order, int[] chosen, SplittableRandom random) {
        for (int i = 0; i < chosen.length; i++) {
            int other = i + random.nextInt(order.length - i);
            int block = order[other];
            order[other] = order[i];
            order[i] = block;
            chosen[i] = block;
        }
    }
}
