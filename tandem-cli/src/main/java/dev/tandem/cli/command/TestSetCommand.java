package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem testset}: the questions that everything is measured on. */
@Command(
        name = "testset",
        description = "Make a test set from the workspace's documents, review it, and find what is wrong with it.",
        subcommands = {
            TestSetDraftCommand.class,
            TestSetReviewCommand.class,
            TestSetAcceptCommand.class,
            TestSetDropCommand.class,
            TestSetCheckCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tandem testset draft -w my-kb --n 100",
            "  tandem testset review -w my-kb",
            "  tandem testset check -w my-kb --training train.jsonl --report check.html"
        })
public final class TestSetCommand implements Callable<Integer> {
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
                "Say what to do: tandem testset draft, review, accept, drop or check");
    }
}
