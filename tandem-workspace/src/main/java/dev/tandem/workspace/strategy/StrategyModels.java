package dev.tandem.workspace.strategy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What approaches are made of beside the workspace.
 *
 * @param base the folder of the untouched language model
 * @param tuned what tuning made of it: the folder of an adapter, or of a whole model
 * @param training what it was tuned on, in any form; few-shot takes its examples from there, and a hybrid knows by it which
 *     prompts are the tuned model's
 * @param shots how many training examples few-shot shows at most, at least 1
 * @param hybrid how a hybrid with a prompt of the user's own goes about it
 */
public record StrategyModels(
        Path base, Optional<Path> tuned, Optional<Path> training, int shots, HybridOptions hybrid) {
    /** As many examples as few-shot prompts usually have. */
    public static final int DEFAULT_SHOTS = 3;

    /** The same base with what tuning made of it. */
    public StrategyModels withTuned(Path folder) {
        return new StrategyModels(base, Optional.of(folder), training, shots, hybrid);
    }
}
