package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.BootstrapMean;
import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.compare.statistics.MeanIntervals;
import dev.tandem.evaluation.compare.statistics.Sample;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How long one approach takes as a share of another's time on the same cases: the geometric mean, so that a few slow answers do not
 * decide.
 *
 * @param interval 95%
 */
record LatencyRatio(double ratio, Interval interval, int cases) {
    /** Timers do not tell shorter times apart. */
    private static final double SHORTEST_MS = 0.001;

    /** Empty if fewer than two independent cases were timed with both. */
    static Optional<LatencyRatio> of(Measurements measurements, Measured one, Measured other) {
        List<ComparedCase> cases = measurements.cases().stream()
                .filter(testCase -> one.latencyMs().containsKey(testCase.id())
                        && other.latencyMs().containsKey(testCase.id()))
                .toList();
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        Sample sample = CaseSample.of(cases, testCase -> logarithm(one, testCase) - logarithm(other, testCase));
        if (sample.units() < 2) {
            return Optional.empty();
        }
        Interval logs = BootstrapMean.of(sample, MeanIntervals.CONFIDENCE, measurements.seed());
        Interval interval = new Interval(Math.exp(logs.low()), Math.exp(logs.high()), logs.confidence(), logs.method());
        return Optional.of(new LatencyRatio(Math.exp(sample.mean()), interval, cases.size()));
    }

    private static double logarithm(Measured measured, ComparedCase testCase) {
        return Math.log(Math.max(
                SHORTEST_MS, Objects.requireNonNull(measured.latencyMs().get(testCase.id()))));
    }
}
