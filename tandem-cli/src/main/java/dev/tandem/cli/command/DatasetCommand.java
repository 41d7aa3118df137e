package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }
}
