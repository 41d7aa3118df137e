package dev.tandem.tuning.method;

import java.util.List;

/**
 * What a low-rank adapter looks like.
 *
 * @param rank of the update, at least 1
 * @param alpha its strength: the update is scaled by {@code alpha / rank}
 * @param dropout share of the update's inputs left out while training, 0 to under 1
 * @param rankStabilised whether the scale is {@code alpha / sqrt(rank)} instead (rsLoRA)
 * @param magnitudes whether the rows' lengths train apart from their directions (DoRA)
 * @param targets the last parts of the names of the layers that get an update; none for all linear layers
 */
public record LoraSettings(
        int rank, double alpha, double dropout, boolean rankStabilised, boolean magnitudes, List<String> targets) {
    /** Rank 16 on all linear layers, which full fine-tuning hardly beats (Schulman et al. 2025, "LoRA Without Regret"). */
    public static final LoraSettings DEFAULTS = new LoraSettings(16, 32, 0, false, false, List.of());

    public LoraSettings {
        targets = List.copyOf(targets);
        if (rank < 1 || alpha <= 0 || dropout < 0 || dropout >= 1) {
            throw new IllegalArgumentException("A rank is at least 1, an alpha positive, a dropout from 0 to under 1: "
                    + rank + ", " + alpha + ", " + dropout);
        }
    }

    /** The same with another rank, and twice that as its strength. */
    public LoraSettings withRank(int other) {
        return new LoraSettings(other, 2.0 * other, dropout, rankStabilised, magnitudes, targets);
    }

    /** What {@code B A x} is multiplied by. */
    public double scale() {
        return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    }

    /** Whether a layer of this name gets an update. */
    public boolean targets(String layer) {
        return targets.isEmpty()
                || targets.stream().anyMatch(target -> layer.equals(target) || layer.endsWith("." + target));
    }
}
