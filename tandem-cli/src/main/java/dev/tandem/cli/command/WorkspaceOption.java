package dev.tandem.cli.command;

import dev.tandem.workspace.Workspace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which workspace a command works on. */
final class WorkspaceOption {
    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "FOLDER",
            description = "The workspace; without it, the current folder or the nearest above with a tandem.yaml.")
    @Nullable
    Path workspace;

    Workspace find() {
        return workspace == null ? Workspace.around(Path.of("")) : Workspace.at(workspace);
    }

    boolean given() {
        return workspace != null;
    }
}
