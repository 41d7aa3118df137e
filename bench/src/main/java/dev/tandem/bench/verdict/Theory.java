package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.statistics.Binomial;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often the best of several approaches can be declared the winner: exact McNemar tests of all pairs at 5%, rejected step by step
 * as Holm wrote it down, on counts drawn from the true probabilities of the patterns of right and wrong. Nothing of the product is
 * used but binomial probabilities.
 */
final class Theory {
    private static final double LEVEL = 0.05;

    private final double[] cumulative;
    private final int approaches;

    Theory(LatentItems truth) {
        cumulative = truth.patterns();
        Arrays.parallelPrefix(cumulative, Double::sum);
        approaches = truth.means().length;
    }

    /** The share of test sets on which approach 0 beats every other significantly. */
    double winnerShare(int cases, int draws, long seed) {
        double[][] pValues = pValues(cases);
        return LongStream.range(0, draws)
                        .parallel()
                        .filter(draw -> wins(counts(cases, Reports.ofItsOwn(seed, draw)), pValues))
                        .count()
                / (double) draws;
    }

    /** By cases in disagreement, and the smaller part of them. */
    private static double[][] pValues(int cases) {
        double[][] pValues = new double[cases + 1][];
        for (int n = 0; n <= cases; n++) {
            pValues[n] = new double[n / 2 + 1];
            double sum = 0;
            for (int k = 0; k <= n / 2; k++) {
                sum += Binomial.probability(k, n, 0.5);
                pValues[n][k] = Math.min(1, 2 * sum);
            }
        }
        return pValues;
    }

    private int[] counts(int cases, SplittableRandom random) {
        int[] counts = new int[cumulative.length];
        for (int i = 0; i < cases; i++) {
            double place = random.nextDouble();
            int pattern = 0;
            while (pattern < counts.length - 1 && cumulative[pattern] < place) {
                pattern++;
            }
            counts[pattern]++;
        }
        return counts;
    }

    private boolean wins(int[] counts, double[][] pValues) {
        int pairs = approaches * (approaches - 1) / 2;
        double[] p = new double[pairs];
        boolean[] winners = new boolean[pairs];
        int pair = 0;
        for (int first = 0; first < approaches; first++) {
            for (int second = first + 1; second < approaches; second++) {
                int ahead = 0;
                int behind = 0;
                for (int pattern = 0; pattern < counts.length; pattern++) {
                    int right = pattern >> first & 1;
                    int otherRight = pattern >> second & 1;
                    ahead += right > otherRight ? counts[pattern] : 0;
                    behind += right < otherRight ? counts[pattern] : 0;
                }
                p[pair] = pValues[ahead + behind][Math.min(ahead, behind)];
                winners[pair++] = first == 0 && ahead > behind;
            }
        }
        Integer[] order = IntStream.range(0, pairs).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (one, other) -> Double.compare(p[one], p[other]));
        int beaten = 0;
        for (int step = 0; step < pairs && p[order[step]] <= LEVEL / (pairs - step); step++) {
            beaten += winners[order[step]] ? 1 : 0;
        }
        return beaten == approaches - 1;
    }
}
