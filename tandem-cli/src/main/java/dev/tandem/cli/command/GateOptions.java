package dev.tandem.cli.command;

import dev.tandem.cli.evaluate.RunOutputs;
import dev.tandem.evaluation.gate.Baseline;
import dev.tandem.evaluation.gate.GateSettings;
import dev.tandem.evaluation.gate.output.GateWebhook;
import dev.tandem.evaluation.store.RunIds;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.GateReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run must be like, who is told, and its report; for commands that make or show an evaluation run. */
final class GateOptions {
    @Option(
            names = "--gate",
            description =
                    "Check the run: thresholds of gate.yaml in the workspace, or usual ones without it. Exit code 1"
                            + " if a check fails. Every option of the gate asks for it, too.")
    private boolean gate;

    @Option(names = "--gate-file", paramLabel = "FILE", description = "Thresholds and tolerances in another file.")
    private @Nullable Path gateFile;

    @Option(
            names = "--baseline",
            paramLabel = "RUN",
            description =
                    "A run on the same test set that this one must not be worse than, named as `tandem runs` says.")
    private @Nullable String baseline;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the gate's checks as JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the gate's verdict as Markdown, for a pull request or $GITHUB_STEP_SUMMARY.")
    private @Nullable Path markdown;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "POST the gate's verdict as JSON. What does not arrive is said and changes no verdict.")
    private @Nullable String webhook;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the run as one HTML page, or by the file's ending as Markdown (.md) or JSON (.json).")
    private @Nullable Path report;

    /** What names the run that it is compared with, as `tandem runs` says. */
    Optional<String> baseline() {
        return Optional.ofNullable(baseline);
    }

    /**
     * The run that it is compared with, if one was named.
     *
     * @throws dev.tandem.foundation.MendableException if the workspace has no such run
     */
    Optional<Baseline> baseline(Workspace workspace) {
        return baseline().map(id -> {
            var store = RunStore.openExisting(workspace.runsPlace());
            var run = RunIds.find(store, id);
            return new Baseline(run, store.examples(run.id()));
        });
    }

    /** Where the report goes, if one was asked for. */
    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    /** Whether a gate was asked for. */
    boolean isGate() {
        return gate || gateFile != null || baseline != null || junit != null || markdown != null || webhook != null;
    }

    /**
     * What was asked for. To be called before the run, so that a mistake costs none.
     *
     * @param workspace its folder, which may hold a gate.yaml
     * @throws dev.tandem.foundation.MendableException if a file cannot be read or written, or holds a mistake
     */
    RunOutputs outputs(Path workspace) {
        return new RunOutputs(
                isGate() ? Optional.of(settings(workspace)) : Optional.empty(),
                Optional.ofNullable(junit),
                Optional.ofNullable(markdown),
                Optional.ofNullable(webhook).map(GateWebhook::to),
                Optional.ofNullable(report));
    }

    private GateSettings settings(Path workspace) {
        if (gateFile != null) {
            return GateReader.read(gateFile);
        }
        var file = workspace.resolve(GateReader.FILE);
        return Files.exists(file) ? GateReader.read(file) : GateSettings.DEFAULTS;
    }
}
