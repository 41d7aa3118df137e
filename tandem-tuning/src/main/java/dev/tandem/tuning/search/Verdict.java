package dev.tandem.tuning.search;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a search ended. The part that selects says which of the two whole trainings won, the final part whether what won is
 * better than the default; only then it is chosen.
 *
 * @param defaults the default's whole training
 * @param challenger that of the best other; empty if no other gave numbers, or no time was left for it
 * @param losses a token on the final part, of those that converged, by configuration
 */
public record Verdict(Trial defaults, Optional<Trial> challenger, Map<Integer, Double> losses) {
    public Verdict {
        losses = Map.copyOf(losses);
    }

    /** The configuration with the lower loss on the part that selects. */
    public int winner() {
        return challenger
                .filter(trial -> trial.loss() < defaults.loss())
                .map(Trial::configuration)
                .orElse(0);
    }

    /** The configuration whose weights are kept: the winner where it is better on the final part, else the default. */
    public int chosen() {
        int winner = winner();
        double best = loss(winner).orElse(Double.POSITIVE_INFINITY);
        return best < loss(0).orElse(Double.POSITIVE_INFINITY) ? winner : 0;
    }

    /** A loss on the final part; empty for what has none. */
    public OptionalDouble loss(int configuration) {
        var loss = losses.get(configuration);
        return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }

    /** By how much the chosen one's final loss is below the default's; empty if the default diverged. */
    public OptionalDouble gain() {
        var defaultLoss = loss(0);
        var chosenLoss = loss(chosen());
        return defaultLoss.isPresent() && chosenLoss.isPresent()
                ? OptionalDouble.of(defaultLoss.getAsDouble() - chosenLoss.getAsDouble())
                : OptionalDouble.empty();
    }
}
