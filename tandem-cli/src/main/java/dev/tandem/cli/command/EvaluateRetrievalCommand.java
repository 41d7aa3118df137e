package dev.tandem.cli.command;

import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.evaluate.RetrievalTrial;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem evaluate retrieval}: a test collection through splitting, embedding, index and retrieval. */
@Command(
        name = "retrieval",
        description = {
            "Measure retrieval on a test collection in BEIR's layout (corpus.jsonl, queries.jsonl, qrels/test.tsv).",
            "The collection is split, embedded, indexed and searched with the settings of the workspace given, or the defaults."
        },
        footer = {"", "Example:", "  tandem evaluate retrieval --beir ~/beir/scifact --run run.trec --json"})
public final class EvaluateRetrievalCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--beir", paramLabel = "FOLDER", required = true, description = "The collection's folder.")
    private Path beir = Path.of("");

    @Option(names = "--split", paramLabel = "NAME", description = "Which judgements to use; test unless given.")
    private String split = "test";

    @Option(names = "--run", paramLabel = "FILE", description = "Also write what was retrieved, as a TREC run file.")
    private @Nullable Path run;

    public EvaluateRetrievalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = workspace.given() ? workspace.find().settings() : WorkspaceSettings.DEFAULTS;
        var outcome = new RetrievalTrial(settings, new TerminalProgress(terminal)).run(beir, split);
        if (run != null) {
            RetrievalTrial.writeRun(outcome, settings, run);
        }
        var report = outcome.report();
        terminal.out().println(common.json ? report.toJson() : report.toText().stripTrailing());
        return 0;
    }
}
