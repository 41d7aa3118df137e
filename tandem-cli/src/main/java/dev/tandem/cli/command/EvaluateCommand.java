package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem evaluate}: what there is to be measured. */
@Command(
        name = "evaluate",
        description = "Measure on a test set.",
        subcommands = {EvaluateRetrievalCommand.class, EvaluateFusionCommand.class},
        footer = {
            "",
            "Examples:",
            "  tandem evaluate retrieval --beir ~/beir/scifact",
            "  tandem evaluate fusion -w my-kb --questions q.jsonl"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public Integer call() {
        CommandLine here = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new ParameterException(here, "Say what to evaluate: tandem evaluate retrieval, or fusion");
    }
}
