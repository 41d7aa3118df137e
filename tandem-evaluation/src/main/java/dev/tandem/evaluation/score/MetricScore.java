package dev.tandem.evaluation.score;

import dev.tandem.evaluation.metric.BootstrapInterval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric of some predictions.
 *
 * @param value of all that have one; empty if none has
 * @param maximum what a perfect value is: 100 for BLEU and chrF, else 1
 * @param interval where 95% of the values would be with other examples of the same kind; empty if there is no value
 * @param signature how it was computed
 * @param examples of each pair in turn, empty where it could not be told; the whole of BLEU and chrF is not their mean
 */
public record MetricScore(
        ScoreMetric metric,
        OptionalDouble value,
        double maximum,
        Optional<BootstrapInterval> interval,
        String signature,
        List<OptionalDouble> examples) {
    public MetricScore {
        examples = List.copyOf(examples);
    }

    /** How many examples could not be told. */
    public long missing() {
        return examples.stream().filter(OptionalDouble::isEmpty).count();
    }
}
