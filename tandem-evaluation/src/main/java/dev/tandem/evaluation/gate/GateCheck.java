package dev.tandem.evaluation.gate;

import dev.tandem.evaluation.metric.BootstrapInterval;
import java.util.Optional;

/**
 * One thing that was checked.
 *
 * @param name unique in its outcome, such as {@code faithfulness}, {@code f1 (changed)}, {@code f1 against 3f2a}
 * @param metric what was measured; {@code answered} for the share of questions that have an answer
 * @param threshold as it is asked: {@code at least 0.850}, {@code at most 0.020 worse}
 * @param value what was measured; for a comparison the difference from the baseline
 * @param interval 95%, of the value
 * @param sentence all of it in words
 */
public record GateCheck(
        String name,
        Kind kind,
        String metric,
        String threshold,
        Optional<Double> value,
        Optional<BootstrapInterval> interval,
        GateStatus status,
        String sentence) {
    /** What was asked. */
    public enum Kind {
        /** Whether the run is whole. */
        COMPLETENESS,
        THRESHOLD,
        REGRESSION
    }
}
