package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.sweep.Configuration;
import dev.tandem.evaluation.sweep.SweepResult;
import dev.tandem.foundation.page.IntervalChart;
import dev.tandem.foundation.page.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a sweep found. */
public final class SweepText {
    private SweepText() {}

    /** For people. */
    public static String of(SweepResult result, boolean apply, boolean written, Terminal terminal) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%6s %8s %-10s %10s %10s   %s%n",
                "tokens",
                "overlap",
                "fusion",
                "chosen on",
                "held out",
                result.metric()));
        for (var row : result.rows()) {
            var configuration = row.configuration();
            var line = String.format(
                    Locale.ROOT,
                    "%6d %8d %-10s %10.4f %10.4f   %s",
                    configuration.tokens(),
                    configuration.overlap(),
                    configuration.fusion().key(),
                    row.choosing(),
                    row.reporting(),
                    configuration.equals(result.present()) ? "(the present one)" : "");
            text.append(configuration.equals(result.chosen()) ? terminal.accent(line) : line)
                    .append(System.lineSeparator());
        }
        text.append(System.lineSeparator()).append(verdict(result));
        if (!result.leftOut().isEmpty()) {
            text.append(System.lineSeparator()).append(leftOut(result));
        }
        if (written) {
            text.append(System.lineSeparator())
                    .append("Written to tandem.yaml.")
                    .append(rebuild(result));
        } else if (apply) {
            text.append(System.lineSeparator()).append("The present settings stay.");
        }
        return text.toString();
    }

    private static String verdict(SweepResult result) {
        var halves = String.format(
                Locale.ROOT, "Chosen on %d questions, measured on %d others. ", result.choosing(), result.reporting());
        var few = result.enough()
                ? ""
                : " These are fewer than " + SweepResult.ENOUGH_QUESTIONS
                        + " questions that name documents: write more before you trust this (--apply needs --force).";
        if (result.chosen().equals(result.present())) {
            return halves + "None was better than the present settings where it was chosen." + few;
        }
        return halves
                + String.format(
                        Locale.ROOT,
                        "%s: %s %+.4f on those others (95%% interval %+.4f to %+.4f), ",
                        name(result.chosen()),
                        result.metric(),
                        result.gain(),
                        result.interval().low(),
                        result.interval().high())
                + (result.surelyBetter()
                        ? "surely better than the present settings."
                        : "which does not tell it apart from the present settings as better: keep them, or ask more"
                                + " questions.")
                + few;
    }

    private static String leftOut(SweepResult result) {
        return "Stopped early, not measured: "
                + String.join(
                        "; ", result.leftOut().stream().map(SweepText::name).toList()) + ".";
    }

    private static String rebuild(SweepResult result) {
        return result.chosen().sharesIndexWith(result.present())
                ? ""
                : " Run `tandem ingest --rebuild`: passages are split otherwise now.";
    }

    private static String name(Configuration configuration) {
        return configuration.tokens() + " tokens, overlap " + configuration.overlap() + ", "
                + configuration.fusion().key();
    }

    /** As a page with a chart. */
    public static String page(SweepResult result) {
        var groups = result.rows().stream()
                .map(row -> new IntervalChart.Group(
                        name(row.configuration()),
                        List.of(
                                new IntervalChart.Bar("chosen on", "training", row.choosing(), Optional.empty()),
                                new IntervalChart.Bar("held out", "held-out", row.reporting(), Optional.empty()))))
                .toList();
        var chart = new IntervalChart(result.metric(), 1, value -> String.format(Locale.ROOT, "%.3f", value), groups);
        var rest = result.leftOut().isEmpty() ? "" : "<p>" + Page.escaped(leftOut(result)) + "</p>";
        return Page.of("Retrieval sweep", "<p>" + Page.escaped(verdict(result)) + "</p>" + rest + chart.html());
    }

    /** For programs. */
    public static Map<String, Object> json(SweepResult result, boolean written) {
        return Json.object(
                "metric", result.metric(),
                "questions_choosing", result.choosing(),
                "questions_held_out", result.reporting(),
                "enough_questions", result.enough(),
                "present", json(result.present()),
                "chosen", json(result.chosen()),
                "gain", result.gain(),
                "gain_low", result.interval().low(),
                "gain_high", result.interval().high(),
                "confidence", result.interval().confidence(),
                "surely_better", result.surelyBetter(),
                "written", written,
                "rebuild_needed", written && !result.chosen().sharesIndexWith(result.present()),
                "configurations",
                        result.rows().stream()
                                .map(row -> Json.object(
                                        "configuration", json(row.configuration()),
                                        "choosing", row.choosing(),
                                        "held_out", row.reporting()))
                                .toList(),
                "left_out", result.leftOut().stream().map(SweepText::json).toList());
    }

    private static Map<String, Object> json(Configuration configuration) {
        return Json.object(
                "tokens", configuration.tokens(),
                "overlap", configuration.overlap(),
                "fusion", configuration.fusion().key(),
                "reranker", configuration.reranked());
    }
}
