package dev.tandem.evaluation.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run must be like.
 *
 * @param thresholds in the order in which they are checked and shown
 * @param missing the share of questions without an answer that is still good enough, and of a metric's values that may be
 *     missing before it counts as not measured; in [0, 1]
 */
public record GateSettings(List<Threshold> thresholds, Regressions regressions, double missing) {
    /** The lower ends of the ranges in which good systems lie, and what a regression is. */
    public static final GateSettings DEFAULTS = new GateSettings(
            List.of(
                    Threshold.atLeast("precision@5", 0.7),
                    Threshold.atLeast("recall@5", 0.8),
                    Threshold.atLeast("context_relevancy", 0.7),
                    Threshold.atLeast("faithfulness", 0.85),
                    Threshold.atLeast("answer_relevancy", 0.8),
                    Threshold.atLeast("accuracy", 0.85),
                    Threshold.atLeast("bleu", 0.4),
                    Threshold.atLeast("rougeL", 0.4),
                    Threshold.atLeast("consistency", 0.9),
                    Threshold.atMost("hallucination_rate", 0.05)),
            new Regressions(0.02, Map.of()),
            0.05);

    public GateSettings {
        thresholds = List.copyOf(thresholds);
    }

    /**
     * How much worse than a baseline a metric may be.
     *
     * @param tolerance for every metric of quality, on its scale from 0 to 1
     * @param metrics the metrics that are compared, with a tolerance of their own: as above, but as a share of the baseline's
     *     mean for latency, tokens and cost. Empty for every metric of quality with the tolerance above
     */
    public record Regressions(double tolerance, Map<String, Double> metrics) {
        public Regressions {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }
}
