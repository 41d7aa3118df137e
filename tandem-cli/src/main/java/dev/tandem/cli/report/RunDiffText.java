package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.RunComparison;
import dev.tandem.evaluation.run.RunComparison.ExampleDifference;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two runs side by side. */
public final class RunDiffText {
    private static final int MOST = 5;

    private RunDiffText() {}

    /**
     * For people.
     *
     * @param all whether every example that differs is shown
     */
    public static String of(RunComparison comparison, boolean all, Terminal terminal) {
        var first = comparison.first().id();
        var second = comparison.second().id();
        var text = new StringBuilder(String.format(
                "%-22s %9s %9s %9s   %-19s %8s%n",
                "metric", head(first), head(second), "change", "95% of samples", "examples"));
        for (var each : comparison.metrics()) {
            var row = String.format(
                    Locale.ROOT,
                    "%-22s %9s %9s %9s   %-19s %8d%s",
                    each.metric(),
                    RunText.number(each.metric(), each.first()),
                    RunText.number(each.metric(), each.second()),
                    signed(each.metric(), each.difference()),
                    each.interval()
                            .map(interval -> signed(each.metric(), interval.low()) + " to "
                                    + signed(each.metric(), interval.high()))
                            .orElse(""),
                    each.examples(),
                    each.isBeyondChance() ? "  *" : "");
            text.append(each.isBeyondChance() ? terminal.bold(row) : row).append(String.format("%n"));
        }
        text.append(String.format(
                "%n%d questions are in both. * zero is outside of the interval: the difference is hardly chance.%n",
                comparison.common()));
        if (!comparison.configuration().isEmpty()) {
            text.append(String.format("%n%s%n", terminal.bold("Configured differently")));
            comparison
                    .configuration()
                    .forEach(each -> text.append(String.format(
                            "  %-24s %s -> %s%n",
                            each.key(),
                            Terminal.printable(each.first().orElse("(not set)")),
                            Terminal.printable(each.second().orElse("(not set)")))));
        }
        section(text, "Better in " + second, comparison.better(), all, terminal);
        section(text, "Worse in " + second, comparison.worse(), all, terminal);
        return text.toString().stripTrailing();
    }

    private static String head(String id) {
        return id.length() > 9 ? id.substring(0, 8) + "…" : id;
    }

    private static String signed(String metric, double value) {
        return (value >= 0 ? "+" : "") + RunText.number(metric, value);
    }

    private static void section(
            StringBuilder text, String name, List<ExampleDifference> examples, boolean all, Terminal terminal) {
        if (examples.isEmpty()) {
            return;
        }
        text.append(String.format("%n%s%n", terminal.bold(name + " (" + examples.size() + ")")));
        examples.stream().limit(all ? examples.size() : MOST).forEach(each -> {
            text.append(terminal.accent(
                            Terminal.printable(each.first().testCase().id())))
                    .append(terminal.dim("  " + each.metric() + " " + signed(each.metric(), each.difference())))
                    .append(String.format("%n"));
            RunShowText.line(text, "question", each.first().testCase().question(), terminal);
            RunShowText.line(text, "first", answer(each.first()), terminal);
            RunShowText.line(text, "second", answer(each.second()), terminal);
        });
        if (!all && examples.size() > MOST) {
            text.append(String.format("  and %d more; --examples shows all%n", examples.size() - MOST));
        }
    }

    private static String answer(ExampleResult result) {
        return result.answer()
                .map(StrategyAnswer::text)
                .orElseGet(() -> "failed: " + result.failure().orElse(""));
    }

    /** For programs. */
    public static Map<String, Object> json(RunComparison comparison) {
        return Json.object(
                "first", comparison.first().id(),
                "second", comparison.second().id(),
                "common", comparison.common(),
                "metrics",
                        comparison.metrics().stream()
                                .map(each -> Json.object(
                                        "metric", each.metric(),
                                        "first", each.first(),
                                        "second", each.second(),
                                        "difference", each.difference(),
                                        "low", each.interval().map(BootstrapInterval::low),
                                        "high", each.interval().map(BootstrapInterval::high),
                                        "beyond_chance", each.isBeyondChance(),
                                        "examples", each.examples()))
                                .toList(),
                "configuration",
                        comparison.configuration().stream()
                                .map(each ->
                                        Json.object("key", each.key(), "first", each.first(), "second", each.second()))
                                .toList(),
                "better", comparison.better().stream().map(RunDiffText::json).toList(),
                "worse", comparison.worse().stream().map(RunDiffText::json).toList());
    }

    private static Map<String, Object> json(ExampleDifference each) {
        return Json.object(
                "id", each.first().testCase().id(),
                "question", each.first().testCase().question(),
                "metric", each.metric(),
                "difference", each.difference(),
                "first", answer(each.first()),
                "second", answer(each.second()));
    }
}
