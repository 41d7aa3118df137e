package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem dataset}: examples to tune on, before anything is tuned. */
@Command(
        name = "dataset",
        description = "Make training data: collect it, convert it, find what is wrong with it.",
        subcommands = {
            DatasetCollectCommand.class,
            DatasetConvertCommand.class,
            DatasetValidateCommand.class,
            DatasetCheckCommand.class,
            DatasetSplitCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tandem dataset collect --from tickets.csv --question subject --answer reply --out train.jsonl",
            "  tandem dataset convert alpaca.json --to chat --out train.jsonl",
            "  tandem dataset validate train.jsonl --openai",
            "  tandem dataset check train.jsonl --against test.jsonl --report report.html",
            "  tandem dataset split train.jsonl --by source --test 15% --out splits"
        })
public final class DatasetCommand implements Callable<Integer> {
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
                "Say what to do: tandem dataset collect, convert, validate, check or split");
    }
}
