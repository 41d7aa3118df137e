package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.MonitorText;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.server.watch.AlertDesk;
import dev.tandem.workspace.alert.Alerts;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem monitor test-alert}: whether alerts arrive. */
@Command(
        name = "test-alert",
        description = {
            "Send a test alert by every channel that alerts in tandem.yaml sets up, and tell what came of each.",
            "Ends with exit code 1 if one did not take it."
        },
        footer = {"", "Example:", "  tandem monitor test-alert -w my-kb"})
public final class MonitorTestAlertCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public MonitorTestAlertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        var channels = Alerts.of(found.settings().alerts(), System.getenv(), terminal::remark);
        var told = new AlertDesk(
                        String.valueOf(found.folder().getFileName()),
                        ServerDatabase.feedback(found),
                        channels,
                        Clock.systemUTC())
                .test();
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(MonitorText.deliveriesJson(told))
                                : MonitorText.deliveries(told, terminal));
        return told.stream().allMatch(each -> each.trouble().isEmpty()) ? 0 : Failure.MENDABLE;
    }
}
