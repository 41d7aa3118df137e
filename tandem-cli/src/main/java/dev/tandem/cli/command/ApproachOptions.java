package dev.tandem.cli.command;

import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.strategy.HybridOptions;
import dev.tandem.workspace.strategy.StrategyModels;
import dev.tandem.workspace.strategy.TunedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the approaches other than retrieval are made of. */
final class ApproachOptions {
    private static final int MOST_SHOTS = 50;
    private static final int MOST_CANDIDATES = 100;

    @Option(
            names = "--training",
            paramLabel = "FILE",
            description = "Examples to tune on, and to show few-shot; the workspace's training.jsonl unless given.")
    private @Nullable Path training;

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            description = "The language model; the one of tandem.yaml unless given, else the starter.")
    private @Nullable Path base;

    @Option(
            names = "--adapter",
            paramLabel = "FOLDER",
            description = "The tuned model: what `tandem tune --out` made. Then compare tunes nothing.")
    private @Nullable Path adapter;

    @Option(
            names = "--shots",
            paramLabel = "N",
            description = "Training examples that few-shot shows (${DEFAULT-VALUE}).")
    private int shots = StrategyModels.DEFAULT_SHOTS;

    @Option(
            names = "--hybrid-prompt",
            paramLabel = "FILE",
            description = "A prompt with {question} and {passages} or {attributes} for the hybrid's tuned model.")
    private @Nullable Path hybridPrompt;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description =
                    "Where the hybrid's answer does not say the retrieved attributes, draw up to N - 1 more and take the one"
                            + " that says them best (${DEFAULT-VALUE}: the first answer).")
    private int candidates = 1;

    /** The defaults, with a model that was tuned before. */
    static ApproachOptions with(Path tuned) {
        var options = new ApproachOptions();
        options.adapter = tuned;
        return options;
    }

    /** What was given, with what the workspace has for the rest; a tuned model only if one was named. */
    StrategyModels models(Workspace workspace) {
        if (shots < 1 || shots > MOST_SHOTS) {
            throw new MendableException("--shots must be from 1 to " + MOST_SHOTS + ", not " + shots + ".");
        }
        return new StrategyModels(base(workspace), Optional.ofNullable(adapter), training(workspace), shots, hybrid());
    }

    private HybridOptions hybrid() {
        if (candidates < 1 || candidates > MOST_CANDIDATES) {
            throw new MendableException(
                    "--candidates must be from 1 to " + MOST_CANDIDATES + ", not " + candidates + ".");
        }
        if (hybridPrompt == null && candidates > 1) {
            throw new MendableException(
                    "--candidates is for a hybrid with a prompt of its own: name one with --hybrid-prompt.");
        }
        return new HybridOptions(Optional.ofNullable(hybridPrompt), candidates, false);
    }

    /** The same with the tuned model that the workspace knows, and the examples that it learned from. */
    StrategyModels knownModels(Workspace workspace) {
        var models = models(workspace);
        var tuned = models.tuned().or(() -> TunedModels.of(workspace, models.base()));
        return new StrategyModels(
                models.base(),
                tuned,
                models.training().or(() -> tuned.flatMap(TunedModels::training)),
                models.shots(),
                models.hybrid());
    }

    private Optional<Path> training(Workspace workspace) {
        if (training != null) {
            if (!Files.isRegularFile(training)) {
                throw new MendableException("There is no file " + training + ": name the examples to tune on.");
            }
            return Optional.of(training);
        }
        return Optional.of(workspace.folder().resolve("training.jsonl")).filter(Files::isRegularFile);
    }

    /** Everything that is compared stands on one model, so there cannot be two. */
    private Path base(Workspace workspace) {
        var model = workspace.settings().model();
        if (model.provider() == ModelSettings.Provider.IN_PROCESS
                && model.name().isPresent()) {
            if (base != null) {
                throw new MendableException(
                        "tandem.yaml names the model " + model.name().get()
                                + " already, which retrieval answers with: leave --base out, or change model.name.");
            }
            return workspace.resolve(model.name().get());
        }
        return base == null ? ModelFolder.starter() : ModelFolder.of(base);
    }
}
