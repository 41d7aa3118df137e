package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem trail}: what was asked and answered. */
@Command(
        name = "trail",
        description = {
            "Look at the audit trail of a workspace, prove that nothing in it was changed, and erase a person from it.",
            "Which answers are recorded says trail.record in tandem.yaml; docs/security.md tells how."
        },
        subcommands = {TrailShowCommand.class, TrailVerifyCommand.class, TrailEraseCommand.class},
        footer = {
            "",
            "Examples:",
            "  tandem trail show -w my-kb --last 20",
            "  tandem trail verify -w my-kb",
            "  tandem trail erase -w my-kb --who anna"
        })
public final class TrailCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }
}
