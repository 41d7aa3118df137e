package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.OpenWorkspace;
import java.util.function.Supplier;

/** The strategies by name, as a workspace is evaluated by them. */
public final class Strategies {
    /** What is evaluated unless another is named. */
    public static final String DEFAULT = RagStrategy.NAME;

    private Strategies() {}

    /**
     * Puts a strategy together; it is the caller's to close, before the workspace. {@code rag} is what {@code tandem ask} does, with
     * the adapter of tandem.yaml where it names one; all others are those of {@link Approaches}.
     *
     * @param models what the others are made of; not asked for {@code rag}
     * @throws MendableException if there is none of this name, or the workspace has not what it needs
     */
    public static Strategy open(String name, OpenWorkspace workspace, Supplier<StrategyModels> models) {
        return name.equals(RagStrategy.NAME)
                ? new RagStrategy(workspace)
                : new Approaches(workspace, models.get()).open(name);
    }

    /**
     * Checks a name.
     *
     * @throws MendableException if there is none of it
     */
    public static void check(String name) {
        if (!Approaches.ALL.contains(name)) {
            throw new MendableException(
                    "There is no strategy '" + name + "': use one of " + String.join(", ", Approaches.ALL) + ".");
        }
    }
}
