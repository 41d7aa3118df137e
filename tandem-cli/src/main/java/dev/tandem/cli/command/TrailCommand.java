package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
                "Say what to do: tandem trail show, verify or erase");
    }
}
