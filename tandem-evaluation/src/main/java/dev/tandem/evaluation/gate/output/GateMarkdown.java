package dev.tandem.evaluation.gate.output;

import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.evaluation.run.RunMetric;
import java.util.List;
import java.util.stream.Collectors;

/** An outcome for a pull request's comment or a job's summary: the verdict, what failed in words, all checks as a table. */
public final class GateMarkdown {
    private GateMarkdown() {}

    /** A section with a heading of the second level. */
    public static String of(GateOutcome outcome) {
        return "## " + (outcome.passed() ? "✅" : "❌") + " " + MarkdownText.escaped(outcome.sentence()) + "\n\n"
                + sentences(outcome, GateStatus.FAILED) + sentences(outcome, GateStatus.NOT_MEASURED)
                + MarkdownText.table(
                        List.of("check", "asked", "measured", "95%", "result"),
                        outcome.checks().stream().map(GateMarkdown::row).toList());
    }

    private static String sentences(GateOutcome outcome, GateStatus status) {
        var sentences = outcome.checks().stream()
                .filter(check -> check.status() == status)
                .map(check -> "- " + MarkdownText.escaped(check.sentence()) + "\n")
                .collect(Collectors.joining());
        return sentences.isEmpty() ? "" : sentences + "\n";
    }

    private static List<String> row(GateCheck check) {
        return List.of(
                check.name(),
                check.threshold(),
                check.value()
                        .map(value -> RunMetric.shown(check.metric(), value))
                        .orElse("-"),
                check.interval()
                        .map(interval -> RunMetric.shown(check.metric(), interval.low()) + " to "
                                + RunMetric.shown(check.metric(), interval.high()))
                        .orElse("-"),
                check.status().label());
    }
}
