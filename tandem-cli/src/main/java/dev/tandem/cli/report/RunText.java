package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.evaluate.ExampleLines;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.store.LoggedEvaluation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run measured. */
public final class RunText {
    private static final String ALL = "all";

    private RunText() {}

    /** For people, of a run that was just made. */
    public static String of(LoggedEvaluation.Outcome outcome, Terminal terminal) {
        var run = outcome.run();
        var text = new StringBuilder(summary(run));
        text.append("Run ")
                .append(terminal.bold(run.id()))
                .append(" (")
                .append(run.strategy())
                .append("): ");
        text.append(outcome.examples().size()).append(" questions of ").append(Terminal.printable(run.testSet()));
        if (outcome.before() > 0) {
            text.append(", ").append(outcome.before()).append(" of them before it was stopped");
        }
        text.append('.');
        if (outcome.failed() > 0) {
            text.append(String.format(
                    "%n%s",
                    terminal.warning(outcome.failed() + " could not be answered or judged; the first: "
                            + Terminal.printable(firstFailure(outcome.examples())))));
        }
        return text.append(String.format("%nMore: tandem runs show %s", run.id()))
                .toString();
    }

    private static String firstFailure(List<ExampleResult> examples) {
        return examples.stream()
                .flatMap(each -> each.failure().map(why -> each.testCase().id() + ": " + why).stream())
                .findFirst()
                .orElse("");
    }

    /** The metrics over all, then by type of question. */
    static String summary(EvaluationRun run) {
        var all =
                run.summaries().stream().filter(each -> each.type().equals(ALL)).toList();
        if (all.isEmpty()) {
            return "";
        }
        var text = new StringBuilder(
                String.format(Locale.ROOT, "%-22s %9s   %-18s %8s%n", "metric", "value", "95% of samples", "examples"));
        for (var each : all) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-22s %9s   %-18s %8d",
                            each.metric(),
                            number(each.metric(), each.value()),
                            interval(each),
                            each.examples()))
                    .append(each.missing() > 0 ? "  " + each.missing() + " missing" : "")
                    .append(String.format("%n"));
        }
        return text.append(byType(run)).append(String.format("%n")).toString();
    }

    private static String byType(EvaluationRun run) {
        var types = new LinkedHashSet<String>();
        run.summaries().forEach(each -> types.add(each.type()));
        types.remove(ALL);
        if (types.size() < 2) {
            return "";
        }
        var text = new StringBuilder(String.format("%n%-22s", "by type"));
        types.forEach(type -> text.append(String.format(" %17s", type)));
        for (var all :
                run.summaries().stream().filter(each -> each.type().equals(ALL)).toList()) {
            text.append(String.format("%n%-22s", all.metric()));
            for (var type : types) {
                text.append(String.format(
                        " %17s",
                        run.summaries().stream()
                                .filter(each -> each.type().equals(type)
                                        && each.metric().equals(all.metric()))
                                .findFirst()
                                .map(each -> number(each.metric(), each.value()))
                                .orElse("-")));
            }
        }
        return text.append(String.format("%n")).toString();
    }

    private static String interval(MetricSummary summary) {
        return summary.interval()
                .map(each -> number(summary.metric(), each.low()) + " to " + number(summary.metric(), each.high()))
                .orElse("");
    }

    /** Shares with three decimals, times and tokens with one. */
    static String number(String metric, double value) {
        if (metric.equals("cost")) {
            return String.format(Locale.ROOT, "%.6f", value);
        }
        boolean share = !metric.endsWith("_ms") && !metric.endsWith("_tokens");
        return String.format(Locale.ROOT, share ? "%.3f" : "%.1f", value);
    }

    /**
     * For programs.
     *
     * @param withExamples whether all of them are there
     */
    public static Map<String, Object> json(EvaluationRun run, List<ExampleResult> examples, boolean withExamples) {
        var json = Json.object(
                "run", run.id(),
                "strategy", run.strategy(),
                "test_set", run.testSet(),
                "test_set_hash", run.testSetHash(),
                "configuration", new TreeMap<>(run.configuration()),
                "seed", run.seed(),
                "tandem_version", run.tandemVersion(),
                "started", run.started(),
                "finished", run.finished(),
                "examples", examples.size(),
                "failed",
                        (int) examples.stream()
                                .filter(each -> each.failure().isPresent())
                                .count(),
                "summaries", run.summaries().stream().map(RunText::json).toList());
        if (withExamples) {
            json.put("results", examples.stream().map(ExampleLines::json).toList());
        }
        return json;
    }

    private static Map<String, Object> json(MetricSummary summary) {
        return Json.object(
                "metric", summary.metric(),
                "type", summary.type(),
                "value", summary.value(),
                "low", summary.interval().map(BootstrapInterval::low),
                "high", summary.interval().map(BootstrapInterval::high),
                "examples", summary.examples(),
                "missing", summary.missing());
    }
}
