package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem runs}: what was evaluated. */
@Command(
        name = "runs",
        description = "Look at the evaluation runs of a workspace, and compare two of them.",
        subcommands = {RunsListCommand.class, RunsShowCommand.class, RunsDiffCommand.class},
        footer = {
            "",
            "A run is named by its id, by how that begins, or as last, last~1 and so on.",
            "",
            "Examples:",
            "  tandem runs list -w my-kb",
            "  tandem runs show last -w my-kb",
            "  tandem runs diff last~1 last -w my-kb"
        })
public final class RunsCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }
}
