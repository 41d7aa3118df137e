package dev.tandem.evaluation.report;

import dev.tandem.evaluation.gate.output.GateMarkdown;
import dev.tandem.evaluation.gate.output.MarkdownText;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleVerdict;
import dev.tandem.evaluation.run.RunMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A run as Markdown: the gate's verdict, the metrics over all questions and by type, what went wrong, the configuration. */
public final class ReportMarkdown {
    private static final int MOST_EXAMPLES = 20;
    private static final int LONG = 200;

    private ReportMarkdown() {}

    /** The document. */
    public static String of(ReportedRun reported) {
        var run = reported.run();
        return "# " + MarkdownText.escaped("Evaluation of " + run.strategy() + " on " + run.testSet()) + "\n\n"
                + MarkdownText.escaped(ReportHead.introduction(reported)) + "\n\n"
                + reported.gate().map(gate -> GateMarkdown.of(gate) + "\n").orElse("")
                + "## Metrics\n\n" + metrics(run.summaries()) + "\n" + wrong(reported) + "## Configuration\n\n"
                + MarkdownText.table(List.of("name", "value"), configuration(reported));
    }

    private static String metrics(List<MetricSummary> summaries) {
        return MarkdownText.table(
                List.of("metric", "questions of type", "value", "95%", "questions", "missing"),
                summaries.stream().map(ReportMarkdown::row).toList());
    }

    private static List<String> row(MetricSummary summary) {
        return List.of(
                summary.metric(),
                summary.type(),
                Double.isFinite(summary.value()) ? RunMetric.shown(summary.metric(), summary.value()) : "-",
                summary.interval()
                        .map(interval -> ReportNumbers.span(summary.metric(), interval))
                        .orElse("-"),
                String.valueOf(summary.examples()),
                String.valueOf(summary.missing()));
    }

    private static String wrong(ReportedRun reported) {
        var wrong = reported.examples().stream()
                .filter(example -> ExampleVerdict.of(example).isFailed())
                .toList();
        if (wrong.isEmpty()) {
            return "";
        }
        var shown = wrong.subList(0, Math.min(MOST_EXAMPLES, wrong.size()));
        return "## What went wrong\n\n"
                + shown.stream()
                        .map(example -> "- %s (%s): %s Expected: %s. Got: %s\n"
                                .formatted(
                                        MarkdownText.escaped(example.testCase().id()),
                                        ExampleVerdict.of(example).label(),
                                        text(example.testCase().question()),
                                        example.testCase().answers().isEmpty()
                                                ? "nothing"
                                                : text(String.join(
                                                        " | ",
                                                        example.testCase().answers())),
                                        text(example.answer()
                                                .map(answer -> answer.text())
                                                .orElseGet(
                                                        () -> example.failure().orElse("nothing")))))
                        .collect(Collectors.joining())
                + (wrong.size() > shown.size() ? "- and %,d more\n".formatted(wrong.size() - shown.size()) : "") + "\n";
    }

    private static String text(String text) {
        return MarkdownText.escaped(text.length() <= LONG ? text : text.substring(0, LONG) + "…");
    }

    private static List<List<String>> configuration(ReportedRun reported) {
        var run = reported.run();
        var rows = new ArrayList<>(List.of(
                List.of("test set hash", run.testSetHash()),
                List.of("seed", String.valueOf(run.seed())),
                List.of("Tandem", run.tandemVersion())));
        for (Map.Entry<String, String> entry : new TreeMap<>(run.configuration()).entrySet()) {
            rows.add(List.of(entry.getKey(), entry.getValue()));
        }
        return rows;
    }
}
