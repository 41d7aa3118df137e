package dev.tandem.evaluation.report;

import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.RunMetric;
import dev.tandem.foundation.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs' metrics: the most telling as tiles, all of them as a table, by question type where there is one run. */
record ReportNumbers(List<ReportedRun> runs) {
    private static final List<String> TILES = List.of(
            "task_accuracy",
            "contained",
            "f1",
            "faithfulness",
            "hallucination_rate",
            "answer_relevancy",
            "recall@5",
            "citation_precision",
            "abstention_recall",
            "latency_p95_ms",
            "cost");
    private static final int MOST_TILES = 8;

    String html() {
        return runs.size() == 1 ? tiles(runs.getFirst()) + types(runs.getFirst()) : comparison();
    }

    private static String tiles(ReportedRun run) {
        if (run.run().summaries().isEmpty()) {
            return "<p class=\"bad warning\">Nothing is summed up: the run has not come to its end.</p>";
        }
        return TILES.stream()
                .flatMap(metric -> run.summary(metric, "all").stream())
                .limit(MOST_TILES)
                .map(summary -> tile(run, summary))
                .collect(Collectors.joining("", "<div class=\"tiles\">", "</div>"));
    }

    private static String tile(ReportedRun run, MetricSummary summary) {
        boolean failed = run.gate().stream()
                .flatMap(gate -> gate.checks().stream())
                .anyMatch(check -> check.kind() == GateCheck.Kind.THRESHOLD
                        && check.status() == GateStatus.FAILED
                        && check.name().equals(summary.metric()));
        return Page.tile(
                named(summary.metric())
                        + summary.interval()
                                .map(interval -> " (" + span(summary.metric(), interval) + ")")
                                .orElse("")
                        + (failed ? ", fails the gate" : ""),
                RunMetric.shown(summary.metric(), summary.value()),
                failed ? "error" : "");
    }

    /** Rows are metrics, columns question types. */
    private static String types(ReportedRun run) {
        var types = run.run().summaries().stream()
                .map(MetricSummary::type)
                .distinct()
                .toList();
        var headings = Stream.concat(Stream.of("metric"), types.stream()).toList();
        var rows = metrics(run.run().summaries().stream()).stream()
                .map(metric -> Stream.concat(
                                Stream.of(metric),
                                types.stream()
                                        .map(type -> run.summary(metric, type)
                                                .map(ReportNumbers::cell)
                                                .orElse("-")))
                        .toList())
                .toList();
        return Page.table("Every metric with its 95% interval, by question type", headings, rows);
    }

    private String comparison() {
        var headings = new ArrayList<>(List.of("metric"));
        runs.forEach(run -> headings.add(run.label()));
        var rows = metrics(runs.stream().flatMap(run -> run.run().summaries().stream())).stream()
                .map(metric -> Stream.concat(
                                Stream.of(metric),
                                runs.stream()
                                        .map(run -> run.summary(metric, "all")
                                                .map(ReportNumbers::cell)
                                                .orElse("-")))
                        .toList())
                .toList();
        return Page.table("Every metric over all questions, with its 95% interval", headings, rows);
    }

    private static List<String> metrics(Stream<MetricSummary> summaries) {
        return summaries.map(MetricSummary::metric).distinct().toList();
    }

    static String cell(MetricSummary summary) {
        return RunMetric.shown(summary.metric(), summary.value())
                + summary.interval()
                        .map(interval -> " (" + span(summary.metric(), interval) + ")")
                        .orElse("")
                + (summary.missing() > 0 ? ", " + Page.number(summary.missing()) + " missing" : "");
    }

    static String span(String metric, BootstrapInterval interval) {
        return RunMetric.shown(metric, interval.low()) + " to " + RunMetric.shown(metric, interval.high());
    }

    /** A metric's name as words. */
    static String named(String metric) {
        return metric.replace('_', ' ');
    }
}
