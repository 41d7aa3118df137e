package dev.tandem.evaluation.report;

import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleVerdict;
import dev.tandem.evaluation.run.RunMetric;
import dev.tandem.foundation.page.Page;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was measured, in a sentence and in full, and the gate's verdicts. */
record ReportHead(List<ReportedRun> runs) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    String title() {
        if (runs.size() > 1) {
            return "Evaluations of "
                    + runs.stream()
                            .map(each -> each.run().strategy())
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        var run = runs.getFirst().run();
        return "Evaluation of " + run.strategy() + " on " + run.testSet();
    }

    String html() {
        return runs.stream()
                .map(each -> "<p dir=\"auto\">" + Page.escaped(introduction(each)) + "</p>"
                        + each.gate().map(ReportHead::verdict).orElse(""))
                .collect(Collectors.joining());
    }

    static String introduction(ReportedRun reported) {
        var run = reported.run();
        long failed = reported.examples().stream()
                .filter(example -> ExampleVerdict.of(example).isFailed())
                .count();
        return "Run %s: %s questions of %s asked of %s, %s. %s went wrong."
                .formatted(
                        run.id(),
                        Page.number(reported.examples().size()),
                        run.testSet(),
                        run.strategy(),
                        time(run),
                        Page.number(failed));
    }

    static String time(EvaluationRun run) {
        return TIME.format(run.started())
                + run.finished()
                        .map(end -> String.format(
                                Locale.ROOT,
                                ", in %,.1f s",
                                Duration.between(run.started(), end).toMillis() / 1e3))
                        .orElse("; the run has not come to its end");
    }

    private static String verdict(GateOutcome outcome) {
        var sentences = outcome.checks().stream()
                .filter(check -> check.status() == GateStatus.FAILED)
                .map(check -> "<li dir=\"auto\">" + Page.escaped(check.sentence()) + "</li>")
                .collect(Collectors.joining());
        return "<p class=\"verdict %s\">%s %s</p>%s<details class=\"values\"><summary>all checks</summary>%s</details>"
                .formatted(
                        outcome.passed() ? "general" : "error",
                        outcome.passed() ? "✓" : "✗",
                        Page.escaped(outcome.sentence()),
                        sentences.isEmpty() ? "" : "<ul>" + sentences + "</ul>",
                        Page.table(
                                "Gate of run " + outcome.run(),
                                List.of("check", "asked", "measured", "95%", "result"),
                                outcome.checks().stream().map(ReportHead::row).toList()));
    }

    private static List<String> row(GateCheck check) {
        return List.of(
                check.name(),
                check.threshold(),
                check.value()
                        .map(value -> RunMetric.shown(check.metric(), value))
                        .orElse("-"),
                check.interval()
                        .map(interval -> ReportNumbers.span(check.metric(), interval))
                        .orElse("-"),
                check.status().label());
    }

    /** Everything that decides the numbers. */
    String facts() {
        return runs.stream()
                .map(each -> (runs.size() == 1 ? "" : "<h3>" + Page.escaped(each.label()) + "</h3>")
                        + "<table class=\"facts\">" + facts(each.run()) + "</table>")
                .collect(Collectors.joining());
    }

    private static String facts(EvaluationRun run) {
        var rows = new StringBuilder();
        rows.append(row("run", run.id()))
                .append(row("strategy", run.strategy()))
                .append(row("test set", run.testSet()))
                .append(row("test set hash", run.testSetHash()))
                .append(row("time", time(run)))
                .append(row("seed", String.valueOf(run.seed())))
                .append(row("Tandem", run.tandemVersion()));
        new TreeMap<>(run.configuration()).forEach((name, value) -> rows.append(row(name, value)));
        return rows.toString();
    }

    private static String row(String name, String value) {
        return "<tr><td dir=\"auto\">%s</td><td dir=\"auto\">%s</td></tr>"
                .formatted(Page.escaped(name), Page.escaped(value));
    }
}
