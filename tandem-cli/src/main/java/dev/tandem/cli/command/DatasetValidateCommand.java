package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.DatasetText;
import dev.tandem.tuning.conversion.Validation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem dataset validate}: all that is wrong with a file, at once. */
@Command(
        name = "validate",
        description = {
            "List every fault of a file of training examples with its line; exit code 1 if there is any.",
            "With --openai, by OpenAI's rules for files to fine-tune on: roles, keys, contents, an answer in every example,",
            "at least 10 examples, at most 512 MB."
        },
        footer = {
            "",
            "Examples:",
            "  tandem dataset validate train.jsonl",
            "  tandem dataset validate train.jsonl --openai --json"
        })
public final class DatasetValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TextFileOptions text = new TextFileOptions();

    @Parameters(paramLabel = "FILE", description = "The examples.")
    private Path file = Path.of("");

    @Option(names = "--openai", description = "By OpenAI's rules.")
    private boolean openAi;

    public DatasetValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var progress = new TerminalProgress(terminal);
        var validation = openAi
                ? Validation.byOpenAi(file, text.options(), progress)
                : Validation.of(file, text.options(), progress);
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(DatasetText.json(file, validation))
                                : DatasetText.of(file, validation));
        return validation.faults().isEmpty() ? 0 : Failure.MENDABLE;
    }
}
