package dev.tandem.cli.command;

import dev.tandem.cli.console.Terminal;
import dev.tandem.server.McpProgram;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem mcp}: a workspace as tools of an assistant that starts this command. */
@Command(
        name = "mcp",
        description = {
            "Give an assistant the workspace as tools (search, ask, evaluate), by the Model Context Protocol over",
            "standard input and output. Assistants start it themselves; `tandem serve` has the same at POST /mcp."
        },
        footer = {
            "",
            "Examples:",
            "  tandem mcp -w my-kb",
            "",
            "In an assistant's configuration:",
            "  {\"mcpServers\": {\"my-kb\": {\"command\": \"tandem\", \"args\": [\"mcp\", \"-w\", \"/path/to/my-kb\"]}}}"
        })
public final class McpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public McpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        McpProgram.run(workspace.find(), VersionCommand.tandem(), System.in, terminal.out());
        return 0;
    }
}
