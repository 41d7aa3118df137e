package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.IngestText;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.OpenWorkspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem ingest}: the index is brought up to date with the documents. */
@Command(
        name = "ingest",
        description = {
            "Bring the workspace up to date with folders of documents: read what is new or changed, remove what is gone.",
            "A folder given once is remembered; without one, all that the workspace knows are gone through."
        },
        footer = {"", "Examples:", "  tandem ingest ~/docs -w my-kb", "  tandem ingest -w my-kb --rebuild"})
public final class IngestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Folders or files to ingest.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--rebuild",
            description = "Make the index anew from every source, as after a change of the embedding model.")
    private boolean rebuild;

    @Option(
            names = "--forget",
            paramLabel = "PATH",
            description = "Remove a source's documents, and ingest it no more.")
    private @Nullable Path forgotten;

    public IngestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var open = new OpenWorkspace(workspace.find())) {
            if (forgotten != null) {
                int removed = open.forget(forgotten);
                terminal.out()
                        .println(
                                common.json
                                        ? Json.pretty(Json.object("forgotten", forgotten, "deleted", removed))
                                        : "Removed " + removed + " documents of " + forgotten + ".");
                return 0;
            }
            var report = open.ingest(paths, rebuild, new TerminalProgress(terminal));
            terminal.out()
                    .println(common.json ? Json.pretty(IngestText.json(report)) : IngestText.of(report, terminal));
            if (report.passages() == 0) {
                throw new MendableException("The workspace holds no text: none of the sources has a file that could be"
                        + " read; docs/cli.md names the formats.");
            }
            return 0;
        }
    }
}
