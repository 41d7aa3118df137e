package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.workspace.Workspace;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tandem init}: a folder becomes a workspace. */
@Command(
        name = "init",
        description = "Make a folder a workspace: write a tandem.yaml in which every key is explained.",
        footer = {"", "Example:", "  tandem init my-kb"})
public final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FOLDER", description = "The folder; made if it is not there.")
    private Path folder = Path.of(".");

    public InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var workspace = Workspace.create(folder);
        if (common.json) {
            terminal.out().println(Json.pretty(Json.object("workspace", workspace.folder())));
        } else {
            terminal.out().println("Made the workspace " + workspace.folder() + ".");
            terminal.out().println("Next: " + terminal.bold("tandem ingest ~/docs -w " + folder));
        }
        return 0;
    }
}
