package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.OpenWorkspace;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The strategies by name. */
public final class Strategies {
    /** What is evaluated unless another is named. */
    public static final String DEFAULT = RagStrategy.NAME;

    private static final Map<String, Function<OpenWorkspace, Strategy>> KNOWN =
            new TreeMap<>(Map.of(RagStrategy.NAME, RagStrategy::new));

    private Strategies() {}

    /**
     * Puts a strategy together; it is the caller's to close, before the workspace.
     *
     * @throws MendableException if there is none of this name, or the workspace has not what it needs
     */
    public static Strategy open(String name, OpenWorkspace workspace) {
        var known = KNOWN.get(name);
        if (known == null) {
            throw new MendableException(
                    "There is no strategy '" + name + "': use one of " + String.join(", ", KNOWN.keySet()) + ".");
        }
        return known.apply(workspace);
    }
}
