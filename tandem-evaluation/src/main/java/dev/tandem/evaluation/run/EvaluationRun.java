package dev.tandem.evaluation.run;

import dev.tandem.evaluation.metric.BootstrapInterval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One logged run.
 *
 * @param id short and unique in its workspace, for people to type
 * @param strategy its {@link dev.tandem.evaluation.strategy.Strategy#name()}
 * @param testSet the file's name as it was given
 * @param testSetHash SHA-256 of the file
 * @param configuration everything that decides the numbers, by name
 * @param seed of everything drawn at random
 * @param finished empty while it runs or where it was stopped
 * @param summaries one a metric, in the order in which they are shown; empty until it is finished
 */
public record EvaluationRun(
        String id,
        String strategy,
        String testSet,
        String testSetHash,
        Map<String, String> configuration,
        long seed,
        String tandemVersion,
        Instant started,
        Optional<Instant> finished,
        List<MetricSummary> summaries) {
    public EvaluationRun {
        configuration = Map.copyOf(configuration);
        summaries = List.copyOf(summaries);
    }

    /**
     * A metric over the examples that have it.
     *
     * @param metric its name, such as {@code f1}, {@code recall@5}, {@code faithfulness}, {@code latency_p95_ms}
     * @param type the question type it is taken over, by its key; {@code all} for all
     * @param interval 95%; empty where a mean of one example or a percentile has none
     * @param examples that have a value
     * @param missing examples that should have one but do not: what failed is missing, never zero
     */
    public record MetricSummary(
            String metric,
            String type,
            double value,
            Optional<BootstrapInterval> interval,
            int examples,
            int missing) {}
}
