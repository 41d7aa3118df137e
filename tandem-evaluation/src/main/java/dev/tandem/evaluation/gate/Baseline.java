package dev.tandem.evaluation.gate;

import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import java.util.List;

/** The run that another must not be worse than. */
public record Baseline(EvaluationRun run, List<ExampleResult> examples) {
    public Baseline {
        examples = List.copyOf(examples);
    }
}
