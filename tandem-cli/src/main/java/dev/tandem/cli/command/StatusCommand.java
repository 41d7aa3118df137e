package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.StatusText;
import dev.tandem.workspace.OpenWorkspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem status}: what is in a workspace, and whether it is up to date. */
@Command(
        name = "status",
        description = "Show what is in a workspace, and whether it is up to date.",
        footer = {"", "Example:", "  tandem status -w my-kb"})
public final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var open = new OpenWorkspace(workspace.find())) {
            var status = open.status();
            terminal.out()
                    .println(common.json ? Json.pretty(StatusText.json(status)) : StatusText.of(status, terminal));
            return 0;
        }
    }
}
