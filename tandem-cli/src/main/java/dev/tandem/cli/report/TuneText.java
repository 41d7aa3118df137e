package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.tuning.training.LearningWarnings;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/** How a tuning ended. */
public final class TuneText {
    private TuneText() {}

    /** For people. */
    public static String of(TuningJob job, TrainingRun.Result result) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "Held-out loss a token: base %.3f, tuned %.3f (%d updates, %,d tokens).",
                result.baseLoss(),
                result.bestLoss(),
                result.updates(),
                result.tokens()));
        result.general()
                .ifPresent(general -> lines.add(String.format(
                        Locale.ROOT, "General loss a token: base %.3f, tuned %.3f.", general.base(), general.tuned())));
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
    public static Map<String, Object> json(TuningJob job, TrainingRun.Result result) {
        var json = Json.object(
                "out", job.out(),
                "method", job.settings().method().name().toLowerCase(Locale.ROOT),
                "ending", result.ending().name().toLowerCase(Locale.ROOT),
                "updates", result.updates(),
                "tokens", result.tokens(),
                "base_loss", result.baseLoss(),
                "held_out_loss", result.bestLoss(),
                "training_loss", result.trainingLoss(),
                "warnings", LearningWarnings.of(result));
        result.general().ifPresent(general -> {
            json.put("general_base_loss", general.base());
            json.put("general_loss", general.tuned());
        });
        return json;
    }
}
