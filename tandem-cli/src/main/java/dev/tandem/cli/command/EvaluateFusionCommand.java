package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.evaluate.FusionTrial;
import dev.tandem.cli.report.FusionText;
import dev.tandem.evaluation.retrieval.FusionComparison;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.SettingsEdit;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem evaluate fusion}: which way of making one list of two suits a team's own questions. */
@Command(
        name = "fusion",
        description = {
            "Compare every value of retrieval.fusion on the same questions, by nDCG@10.",
            "Another one is recommended only if it is better beyond chance. --write puts it into tandem.yaml."
        },
        footer = {
            "",
            "A question is a line {\"id\", \"question\", \"documents\": [\"hr/leave.md\"]} of a JSON lines file.",
            "",
            "Examples:",
            "  tandem evaluate fusion -w my-kb --questions q.jsonl",
            "  tandem evaluate fusion -w my-kb --questions q.jsonl --write",
            "  tandem evaluate fusion --beir ~/beir/scifact"
        })
public final class EvaluateFusionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @ArgGroup(multiplicity = "1")
    private TestSet testSet = new TestSet();

    /** One or the other. */
    static final class TestSet {
        @Option(names = "--questions", paramLabel = "FILE", description = "The team's own questions, in JSON lines.")
        private @Nullable Path questions;

        @Option(names = "--beir", paramLabel = "FOLDER", description = "A test collection in BEIR's layout.")
        private @Nullable Path beir;
    }

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Which of --beir's judgements to use; test unless given.")
    private String split = "test";

    @Option(names = "--write", description = "Put what is chosen into the workspace's tandem.yaml.")
    private boolean write;

    public EvaluateFusionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var comparison = compare();
        boolean written = write && comparison.decided();
        if (written) {
            SettingsEdit.set(
                    workspace.find().folder().resolve(Workspace.SETTINGS_FILE),
                    "retrieval",
                    "fusion",
                    comparison.chosen().key(),
                    settings -> settings.retrieval().fusion() == comparison.chosen());
        }
        if (common.json) {
            terminal.out().println(Json.pretty(FusionText.json(comparison, written)));
        } else {
            terminal.out().println(FusionText.of(comparison, terminal));
            if (written) {
                terminal.out()
                        .println("Written to " + workspace.find().folder().resolve(Workspace.SETTINGS_FILE) + ".");
            }
        }
        return 0;
    }

    private FusionComparison compare() {
        var trial = new FusionTrial(new TerminalProgress(terminal));
        if (testSet.questions != null) {
            return trial.run(workspace.find(), testSet.questions);
        }
        var settings = workspace.given() || write ? workspace.find().settings() : WorkspaceSettings.DEFAULTS;
        return trial.run(settings, testSet.beir == null ? Path.of("") : testSet.beir, split);
    }
}
