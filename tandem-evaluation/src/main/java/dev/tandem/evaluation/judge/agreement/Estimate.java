package dev.tandem.evaluation.judge.agreement;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A measure with the interval in which 95% of its values lie when the examples are drawn anew (percentile bootstrap, 2,000
 * samples, always the same seed).
 */
public record Estimate(double value, double low, double high) {
    private static final int SAMPLES = 2_000;
    private static final long SEED = 17;
    private static final double TAIL = 0.025;

    /**
     * A measure of so many examples; none if it is no number for them. Samples for which it is none (all of one label) are
     * left out.
     *
     * @param measure of examples by their places, of which some may come several times
     */
    static Optional<Estimate> of(int examples, ToDoubleFunction<int[]> measure) {
        double value = measure.applyAsDouble(IntStream.range(0, examples).toArray());
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        var random = new SplittableRandom(SEED);
        var drawn = new int[examples];
        var values = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            Arrays.setAll(drawn, i -> random.nextInt(examples));
            values[sample] = measure.applyAsDouble(drawn);
        }
        var sorted = Arrays.stream(values)
                .filter(each -> !Double.isNaN(each))
                .sorted()
                .toArray();
        int tail = (int) Math.round(sorted.length * TAIL);
        return sorted.length == 0
                ? Optional.of(new Estimate(value, value, value))
                : Optional.of(new Estimate(value, sorted[tail], sorted[sorted.length - 1 - tail]));
    }
}
