package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.workspace.OpenWorkspace;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code tandem ask} does with another model than tandem.yaml names: the tuned one, which is then the hybrid, or the untouched
 * one. Owns the workspace that it opens.
 */
final class GroundedStrategy implements Strategy {
    private final String name;
    private final OpenWorkspace workspace;
    private final Strategy answering;
    private final Map<String, String> configuration;

    private GroundedStrategy(String name, OpenWorkspace workspace, Strategy answering) {
        this.name = name;
        this.workspace = workspace;
        this.answering = answering;
        configuration = new TreeMap<>(answering.configuration());
        if (name.equals(Approaches.HYBRID)) {
            configuration.put("hybrid", "grounded");
        }
    }

    /** @param workspace with the model that answers; it is the strategy's from now on */
    static GroundedStrategy open(String name, OpenWorkspace workspace) {
        try {
            return new GroundedStrategy(name, workspace, new RagStrategy(workspace));
        } catch (RuntimeException | Error e) {
            workspace.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        return answering.answer(testCase);
    }

    @Override
    public void close() {
        try {
            answering.close();
        } finally {
            workspace.close();
        }
    }
}
