package dev.tandem.evaluation.report;

import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import java.util.List;
import java.util.Optional;

/** A run with its examples, and the gate's verdict if it was asked. */
public record ReportedRun(EvaluationRun run, List<ExampleResult> examples, Optional<GateOutcome> gate) {
    /** What says best how right answers are, the surest first. */
    private static final List<String> RIGHTNESS =
            List.of("task_accuracy", "accuracy", "contained", "f1", "similarity", "faithfulness");

    public ReportedRun {
        examples = List.copyOf(examples);
    }

    /** What tells it from other runs of a report. */
    String label() {
        return run.strategy() + " " + run.id();
    }

    /** A metric over a question type, if it was measured. */
    Optional<MetricSummary> summary(String metric, String type) {
        return run.summaries().stream()
                .filter(each -> each.metric().equals(metric) && each.type().equals(type))
                .filter(each -> Double.isFinite(each.value()) && each.examples() > 0)
                .findFirst();
    }

    /** The metric that stands for the quality of answers: one that all runs have. */
    static Optional<String> headline(List<ReportedRun> runs) {
        return RIGHTNESS.stream()
                .filter(metric ->
                        runs.stream().allMatch(run -> run.summary(metric, "all").isPresent()))
                .findFirst();
    }
}
