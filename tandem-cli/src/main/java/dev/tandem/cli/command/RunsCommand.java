package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec == null ? new CommandLine(this) : spec.commandLine(),
                "Say what to do: tandem runs list, show or diff");
    }
}
