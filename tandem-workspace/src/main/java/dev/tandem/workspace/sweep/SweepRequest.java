package dev.tandem.workspace.sweep;

import dev.tandem.evaluation.sweep.Configuration;
import dev.tandem.evaluation.testset.TestSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep is to try.
 *
 * @param configurations beside the present one, which is always measured
 * @param metric the name of one of the measures of {@code evaluate retrieval}
 * @param budget after this no further configuration is begun, and one that was is given up
 * @param seed divides the questions and draws the interval
 */
public record SweepRequest(
        List<Configuration> configurations, TestSet testSet, String metric, Optional<Duration> budget, long seed) {
    public SweepRequest {
        configurations = List.copyOf(configurations);
    }
}
