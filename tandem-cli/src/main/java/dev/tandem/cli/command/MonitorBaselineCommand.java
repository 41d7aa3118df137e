package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.MonitorText;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.server.watch.NewBaseline;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem monitor baseline}: what is asked now is what is usual. */
@Command(
        name = "baseline",
        description = {
            "Take the newest questions, scores, thumbs and times as what is usual from now on.",
            "A server that runs goes on with it at once. A metric with too few observations keeps the baseline that it has.",
            "Ends with exit code 1 if no metric has enough."
        },
        footer = {"", "Example:", "  tandem monitor baseline -w my-kb"})
public final class MonitorBaselineCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public MonitorBaselineCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        var taken = new NewBaseline(
                        ServerDatabase.feedback(found), found.settings().monitoring(), Clock.systemUTC())
                .take();
        terminal.out().println(common.json ? Json.pretty(MonitorText.json(taken)) : MonitorText.of(taken));
        return taken.stream().anyMatch(each -> each.size() > 0) ? 0 : Failure.MENDABLE;
    }
}
