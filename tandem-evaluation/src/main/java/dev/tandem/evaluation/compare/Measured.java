package dev.tandem.evaluation.compare;

import dev.tandem.foundation.MendableException;
import java.util.Map;
import java.util.Optional;

/**
 * What one approach was measured at.
 *
 * @param approach its name, as in reports
 * @param quality scores in [0, 1] by case, higher is better; a case that failed or was not reached is not in it
 * @param latencyMs milliseconds until the whole answer, by case
 * @param attribution share of its answers that name a source that was checked, in [0, 1]; empty if that was not measured
 */
public record Measured(
        String approach,
        ApproachKind kind,
        Map<String, Double> quality,
        Map<String, Double> latencyMs,
        Costs costs,
        Optional<Double> attribution) {
    /**
     * Copies the maps.
     *
     * @throws MendableException if a score is outside [0, 1] or a latency below 0
     */
    public Measured {
        quality = Map.copyOf(quality);
        latencyMs = Map.copyOf(latencyMs);
        quality.forEach((id, score) -> {
            if (!(score >= 0 && score <= 1)) {
                throw new MendableException(
                        "The score of %s for case %s is %s: a comparison needs scores from 0 to 1; scale it"
                                .formatted(approach, id, score));
            }
        });
        latencyMs.forEach((id, latency) -> {
            if (!(latency >= 0)) {
                throw new MendableException("The latency of %s for case %s is %s: give milliseconds of 0 or more"
                        .formatted(approach, id, latency));
            }
        });
    }

    double[] latencies() {
        return latencyMs.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
