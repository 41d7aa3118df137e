package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.tuning.training.LearningWarnings;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a tuning ended. */
public final class TuneText {
    private TuneText() {}

    /** What the base can do, before anything is trained. */
    public static String start(TuningJob job, TrainingRun.Start start, Terminal terminal) {
        var lines = new ArrayList<String>();
        lines.add(
                job.settings().method() == TuningSettings.Method.PROMPT
                        ? "Held-out loss of the base behind the first virtual tokens: " + loss(start.baseLoss()) + "."
                        : "Held-out loss of the base: " + loss(start.baseLoss()) + ".");
        start.generalBaseLoss().ifPresent(general -> lines.add("General loss of the base: " + loss(general) + "."));
        start.samples().forEach(sample -> lines.add("\n" + SampleText.of(sample, terminal)));
        lines.addAll(start.samples().isEmpty() ? List.of() : List.of(""));
        return String.join("\n", lines);
    }

    private static String loss(double loss) {
        return String.format(Locale.ROOT, "%.3f (perplexity %s)", loss, perplexity(loss));
    }

    private static String perplexity(double loss) {
        double perplexity = Math.exp(loss);
        return String.format(Locale.ROOT, perplexity < 10 ? "%.2f" : perplexity < 100 ? "%.1f" : "%,.0f", perplexity);
    }

    /** For people. */
    public static String of(TuningJob job, TrainingRun.Result result, Terminal terminal) {
        var lines = new ArrayList<String>();
        if (result.ending() != TrainingRun.Ending.CANCELLED) {
            result.samples().forEach(sample -> lines.add(SampleText.of(sample, terminal) + "\n"));
        }
        lines.add(String.format(
                Locale.ROOT,
                "Held-out loss a token: base %s, tuned %s; %d updates, %,d tokens.",
                loss(result.baseLoss()),
                loss(result.bestLoss()),
                result.updates(),
                result.tokens()));
        result.general()
                .ifPresent(general -> lines.add(String.format(
                        Locale.ROOT,
                        "General loss a token: base %s, tuned %s.",
                        loss(general.base()),
                        loss(general.tuned()))));
        LearningWarnings.of(result).forEach(warning -> lines.add("Warning: " + warning));
        var losses = String.join("\n", lines);
        return switch (result.ending()) {
            case DONE -> losses + "\n" + kept(job, result);
            case STOPPED_EARLY ->
                losses + "\nStopped early: the held-out loss no longer fell, so more training would only learn the"
                        + " examples by heart.\n" + kept(job, result);
            case CANCELLED -> losses + "\nStopped; go on with: tandem tune --resume " + job.out();
        };
    }

    private static String kept(TuningJob job, TrainingRun.Result result) {
        return result.bestLoss() < result.baseLoss()
                ? "The best weights are in " + job.out() + "."
                : "It never got better than its base: try another learning rate, or more examples. The last weights are in "
                        + job.out() + ".";
    }

    /** For programs. */
    public static Map<String, Object> json(TuningJob job, TrainingRun.Result result, Optional<Path> report) {
        var json = Json.object(
                "out", job.out(),
                "method", job.settings().method().name().toLowerCase(Locale.ROOT),
                "ending", result.ending().name().toLowerCase(Locale.ROOT),
                "updates", result.updates(),
                "tokens", result.tokens(),
                "base_loss", result.baseLoss(),
                "held_out_loss", result.bestLoss(),
                "base_perplexity", Math.exp(result.baseLoss()),
                "held_out_perplexity", Math.exp(result.bestLoss()),
                "training_loss", result.trainingLoss(),
                "samples", result.samples().stream().map(SampleText::json).toList(),
                "warnings", LearningWarnings.of(result));
        result.general().ifPresent(general -> {
            json.put("general_base_loss", general.base());
            json.put("general_loss", general.tuned());
        });
        report.ifPresent(page -> json.put("report", page));
        return json;
    }
}
