package dev.tandem.tuning.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.page.Page;
import dev.tandem.tuning.example.gate.GatePage;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.tuning.training.RunHistory.Line;
import dev.tandem.tuning.training.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A run's page: verdict and numbers, curves, samples before and after, the data, the settings. */
record RunPage(RunHistory run, RunReport.Data data) {
    String html() {
        return Page.of(title(), """
                <p>%s</p>
                %s
                <div class="tiles">%s</div>
                <h2>How it learned</h2>
                %s
                <h2>Answers to held-out examples, before and after</h2>
                %s
                <h2>How it ran</h2>
                %s
                <h2>The training data</h2>
                %s
                <h2>Settings and origin</h2>
                <table class="facts">%s</table>
                %s
                """.formatted(
                        Page.escaped(introduction()),
                        verdicts(),
                        tiles(),
                        losses(),
                        samples(),
                        run.updates().isEmpty()
                                ? paragraph("Nothing was measured.")
                                : "<div class=\"charts pairs\">" + new RunCurves(run).others() + "</div>",
                        data.report().map(report -> GatePage.parts(report, 3)).orElse(paragraph(data.without())),
                        facts(),
                        card()));
    }

    private String title() {
        return String.valueOf(run.job().out().toAbsolutePath().normalize().getFileName());
    }

    private String introduction() {
        return "%s tuning of %s on %s examples of %s; %s held out."
                .formatted(
                        method(run.job().settings().method().name()),
                        run.job().base().getFileName(),
                        Page.number(run.record().path("examples").asLong()),
                        run.job().training().getFileName(),
                        Page.number(run.record().path("held_out_examples").asLong()));
    }

    private static String method(String name) {
        return switch (name) {
            case "LORA" -> "LoRA";
            case "QLORA" -> "QLoRA";
            default -> name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
        };
    }

    /** How it ended, and what speaks against what came of it. */
    private String verdicts() {
        var verdicts = new StringBuilder();
        var ending = run.ending().orElse("");
        verdicts.append(
                switch (ending) {
                    case "done" -> paragraph("The run is finished: all epochs are done.");
                    case "stopped_early" ->
                        paragraph("The run is finished: it stopped early, since the held-out loss no longer fell.");
                    default ->
                        bad(
                                "warning",
                                "This run has not come to its end: %s of %s updates are done. `tandem tune --resume %s` goes on with one that was stopped."
                                        .formatted(
                                                Page.number(done()),
                                                Page.number(run.total()),
                                                run.job().out()));
                });
        if (!run.measured()) {
            verdicts.append(bad("error", "metrics.csv is missing in the run's folder, so there are no curves."));
        }
        if (!ending.isEmpty() && tuned().orElse(0) >= base().orElse(Double.MAX_VALUE)) {
            verdicts.append(
                    bad(
                            "error",
                            "It never got better than its base: try another learning rate, or more examples. The last weights are kept."));
        }
        run.warnings().forEach(warning -> verdicts.append(bad("warning", "Warning: " + warning)));
        return verdicts.toString();
    }

    private long done() {
        return run.updates().isEmpty() ? 0 : run.updates().getLast().update();
    }

    private OptionalDouble base() {
        return run.number("base_loss");
    }

    private OptionalDouble tuned() {
        return run.number("held_out_loss");
    }

    private String tiles() {
        var tiles = new ArrayList<String>();
        base().ifPresent(loss -> tiles.add(
                Page.tile("held-out loss of the base (perplexity %.3g)".formatted(Math.exp(loss)), three(loss), "")));
        tuned().ifPresent(loss -> tiles.add(Page.tile(
                "held-out loss, tuned (perplexity %.3g)".formatted(Math.exp(loss)),
                three(loss),
                loss < base().orElse(0) ? "training" : "error")));
        run.number("general_loss")
                .ifPresent(loss -> tiles.add(Page.tile(
                        "general loss (base %s)"
                                .formatted(three(run.number("general_base_loss").orElse(Double.NaN))),
                        three(loss),
                        "general")));
        tiles.add(Page.tile("of %s updates".formatted(Page.number(run.total())), Page.number(done()), ""));
        run.number("seconds").ifPresent(seconds -> tiles.add(Page.tile("time", time(seconds), "")));
        run.updates().stream()
                .mapToDouble(Line::tokensPerSecond)
                .filter(Double::isFinite)
                .average()
                .ifPresent(speed -> tiles.add(Page.tile("tokens a second", Page.number(Math.round(speed)), "")));
        run.updates().stream()
                .mapToDouble(Line::megabytes)
                .filter(megabytes -> megabytes > 0)
                .max()
                .ifPresent(peak -> tiles.add(Page.tile("peak memory", Page.number(Math.round(peak)) + " MB", "")));
        return String.join("", tiles);
    }

    private static String three(double loss) {
        return String.format(Locale.ROOT, "%.3f", loss);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : whole < 3600
                        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    private String losses() {
        if (run.updates().isEmpty()) {
            return paragraph("No update was measured, so there is no curve.");
        }
        var curves = new RunCurves(run);
        return curves.losses().wide() + paragraph(curves.gapAtBest());
    }

    private String samples() {
        return run.samples().isEmpty()
                ? paragraph("None were made.")
                : "<p>Greedy answers; words that the expected answer has are marked.</p>"
                        + run.samples().stream().map(RunPage::sample).collect(Collectors.joining());
    }

    private static String sample(Sample sample) {
        return """
                <div class="sample"><div class="prompt">%s</div><div class="answers">
                <p class="before"><span class="name">base</span>%s</p>
                <p class="after"><span class="name">tuned</span>%s</p>
                <p class="expected"><span class="name">expected</span>%s</p></div></div>
                """.formatted(
                        Page.escaped(sample.prompt()),
                        MarkedWords.html(sample.base(), sample.expected()),
                        sample.tuned()
                                .map(answer -> MarkedWords.html(answer, sample.expected()))
                                .orElse("<i>not answered yet</i>"),
                        Page.escaped(sample.expected()));
    }

    /** All that is recorded, but for what stands above. */
    private String facts() {
        var rows = new StringBuilder();
        var above = List.of("warnings", "seconds", "settings");
        run.record().properties().stream()
                .filter(entry -> !above.contains(entry.getKey()))
                .forEach(entry -> rows.append(row(entry.getKey(), entry.getValue())));
        run.record().path("settings").properties().forEach(entry -> rows.append(row(entry.getKey(), entry.getValue())));
        return rows.toString();
    }

    private static String row(String key, JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> row(key + " " + entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining());
        }
        return "<tr><td>%s</td><td>%s</td></tr>"
                .formatted(
                        Page.escaped(key.replaceAll("([a-z])([A-Z])", "$1 $2")
                                .replace('_', ' ')
                                .toLowerCase(Locale.ROOT)),
                        Page.escaped(value.isTextual() ? value.asText() : value.toString()));
    }

    private String card() {
        return run.card()
                .map(card -> "<details><summary>Model card (README.md)</summary><pre>" + Page.escaped(card)
                        + "</pre></details>")
                .orElse("");
    }

    private static String paragraph(String text) {
        return text.isEmpty() ? "" : "<p>" + Page.escaped(text) + "</p>";
    }

    private static String bad(String style, String text) {
        return "<p class=\"bad " + style + "\">" + Page.escaped(text) + "</p>";
    }
}
