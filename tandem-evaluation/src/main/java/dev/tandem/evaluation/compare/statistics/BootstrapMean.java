package dev.tandem.evaluation.compare.statistics;

import dev.tandem.evaluation.compare.statistics.Interval.Method;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The bootstrap interval of a mean: units are drawn anew, whole clusters where there are any. The plain percentile interval is
 * too narrow for small samples (at 20 units by about a twentieth); the percentiles are therefore moved out by what Student's t
 * is wider than the normal distribution (the expanded percentile interval of Hesterberg, "What Teachers Should Know About the
 * Bootstrap", 2015, section 5.3).
 */
public final class BootstrapMean {
    /** Beyond, the ends move by less than a fiftieth of the interval's width from seed to seed. */
    private static final int DRAWS = 4_000;

    private BootstrapMean() {}

    /** The same sample and seed give the same interval. A sample of one unit has none: that is an error of the caller. */
    public static Interval of(Sample sample, double confidence, long seed) {
        int units = sample.units();
        if (units < 2) {
            throw new IllegalArgumentException("A bootstrap interval needs two independent units");
        }
        double[] means = drawnMeans(sample, new SplittableRandom(seed));
        Arrays.sort(means);
        double t = StudentT.twoSidedQuantile(1 - confidence, units - 1);
        double tail = Normal.probabilityUpTo(-t * Math.sqrt(units / (units - 1.0)));
        return new Interval(quantile(means, tail), quantile(means, 1 - tail), confidence, Method.BOOTSTRAP);
    }

    private static double[] drawnMeans(Sample sample, SplittableRandom random) {
        double[] sums = sample.sums();
        int[] sizes = sample.sizes();
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            int cases = 0;
            for (int i = 0; i < sums.length; i++) {
                int unit = random.nextInt(sums.length);
                sum += sums[unit];
                cases += sizes[unit];
            }
            means[draw] = sum / cases;
        }
        return means;
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
