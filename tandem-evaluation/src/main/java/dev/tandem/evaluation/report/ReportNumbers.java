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
            "accuracy",
            "contained",
            "f1",
            "perplexity",
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
        var headings = new ArrayList<>(List.of("metric"));
        types.forEach(type -> headings.add(named(type)));
        headings.addAll(List.of("questions", "missing"));
        var rows = new ArrayList<List<String>>();
        for (var metric : metrics(run.run().summaries().stream())) {
            var row = new ArrayList<>(List.of(metric));
            types.forEach(type -> row.add(cell(run, metric, type, false)));
            var all = run.summary(metric, "all");
            row.add(all.map(summary -> Page.number(summary.examples())).orElse("-"));
            row.add(all.map(summary -> Page.number(summary.missing())).orElse("-"));
            rows.add(row);
        }
        return Page.table("Every metric with its 95% interval, by question type", headings, rows);
    }

    private String comparison() {
        var headings = new ArrayList<>(List.of("metric"));
        runs.forEach(run -> headings.add(run.label()));
        var rows = new ArrayList<List<String>>();
        for (var metric : metrics(runs.stream().flatMap(run -> run.run().summaries().stream()))) {
            var row = new ArrayList<>(List.of(metric));
            runs.forEach(run -> row.add(cell(run, metric, "all", true)));
            rows.add(row);
        }
        return Page.table("Every metric over all questions, with its 95% interval", headings, rows);
    }

    private static List<String> metrics(Stream<MetricSummary> summaries) {
        return summaries.map(MetricSummary::metric).distinct().toList();
    }

    /** The value, on the next line its interval, and on a last one how many are missing if that has no column of its own. */
    private static String cell(ReportedRun run, String metric, String type, boolean withMissing) {
        return run.summary(metric, type)
                .map(summary -> RunMetric.shown(metric, summary.value())
                        + summary.interval()
                                .map(interval -> "\n" + span(metric, interval))
                                .orElse("")
                        + (withMissing && summary.missing() > 0
                                ? "\n" + Page.number(summary.missing()) + " missing"
                                : ""))
                .orElse("-");
    }

    static String span(String metric, BootstrapInterval interval) {
        return RunMetric.shown(metric, interval.low()) + " to " + RunMetric.shown(metric, interval.high());
    }

    /** A metric's name as words. */
    static String named(String metric) {
        return metric.replace('_', ' ');
    }
}
