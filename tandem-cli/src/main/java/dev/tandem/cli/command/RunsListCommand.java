package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.RunListText;
import dev.tandem.evaluation.store.RunStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem runs list}. */
@Command(
        name = "list",
        description = "List the evaluation runs, the newest first, with their main metrics.",
        footer = {"", "Example:", "  tandem runs list -w my-kb"})
public final class RunsListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public RunsListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var store = RunStore.openExisting(workspace.find().runsPlace());
        var runs = store.list().stream()
                .map(run -> new RunListText.Listed(run, store.measured(run.id())))
                .toList();
        terminal.out().println(common.json ? Json.pretty(RunListText.json(runs)) : RunListText.of(runs));
        return 0;
    }
}
