package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.MonitorText;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.server.watch.Reporting;
import dev.tandem.workspace.alert.Alerts;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem monitor show}: how live answers do. */
@Command(
        name = "show",
        description = {
            "Show how live answers do: each metric beside its baseline, and open alerts.",
            "Ends with exit code 1 if an alert is open."
        },
        footer = {"", "Examples:", "  tandem monitor show -w my-kb", "  tandem monitor show -w my-kb --days 30 --json"})
public final class MonitorShowCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 366;

    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--days", paramLabel = "NUMBER", description = "Of how many days, 1 to 366 (${DEFAULT-VALUE}).")
    private int days = 7;

    public MonitorShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > MOST_DAYS) {
            throw new MendableException("--days must be from 1 to " + MOST_DAYS + ", not " + days + ".");
        }
        var found = workspace.find();
        var settings = found.settings();
        var channels = Alerts.of(settings.alerts(), System.getenv(), terminal::remark);
        var report = new Reporting(ServerDatabase.feedback(found), settings, channels, Clock.systemUTC())
                .of(Duration.ofDays(days));
        terminal.out()
                .println(common.json ? Json.pretty(MonitorText.json(report)) : MonitorText.of(report, days, terminal));
        return report.alerts().stream().allMatch(alert -> alert.mended().isPresent()) ? 0 : Failure.MENDABLE;
    }
}
