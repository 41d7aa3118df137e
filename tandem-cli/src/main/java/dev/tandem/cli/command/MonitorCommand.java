package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem monitor}: how live answers do. */
@Command(
        name = "monitor",
        description = {
            "Look at how a served workspace's live answers do: drift of questions and of quality, alerts.",
            "`tandem serve` watches, as monitoring and alerts in tandem.yaml say; docs/serving-monitoring.md tells how."
        },
        subcommands = {MonitorShowCommand.class, MonitorBaselineCommand.class, MonitorTestAlertCommand.class},
        footer = {
            "",
            "Examples:",
            "  tandem monitor show -w my-kb",
            "  tandem monitor baseline -w my-kb",
            "  tandem monitor test-alert -w my-kb"
        })
public final class MonitorCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }
}
