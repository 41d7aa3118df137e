package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.DatasetText;
import dev.tandem.tuning.conversion.Conversion;
import dev.tandem.tuning.example.Form;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem dataset convert}: the same examples in another form. */
@Command(
        name = "convert",
        description = {
            "Write training examples in another form, one JSON object a line. The file's own form is told from its content:",
            "OpenAI chat, Alpaca, ShareGPT, prompt/completion, texts or preference pairs, as JSON lines, a JSON list, CSV,",
            "TSV or Parquet. Fields that a form has no name for are kept beside it; what cannot be kept is counted and said."
        },
        footer = {
            "",
            "Examples:",
            "  tandem dataset convert alpaca.json --to chat --out train.jsonl",
            "  tandem dataset convert train.jsonl --to sharegpt --out sharegpt.jsonl --strict"
        })
public final class DatasetConvertCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TextFileOptions text = new TextFileOptions();

    @Parameters(paramLabel = "FILE", description = "The examples.")
    private Path file = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "FORM",
            required = true,
            converter = FormName.class,
            description = "chat, alpaca, sharegpt, completion, preference, openai-preference or text.")
    private Form to = Form.CHAT;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the examples go.")
    private Path out = Path.of("");

    @Option(names = "--strict", description = "Fail at the first example of which something would be lost.")
    private boolean strict;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    public DatasetConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = new Conversion.Settings(to, text.options(), strict, force);
        var conversion = Conversion.of(file, out, settings, new TerminalProgress(terminal));
        terminal.out()
                .println(
                        common.json ? Json.pretty(DatasetText.json(out, conversion)) : DatasetText.of(out, conversion));
        return 0;
    }

    /** A form as a person names it. */
    static final class FormName implements ITypeConverter<Form> {
        @Override
        public Form convert(String name) {
            return Form.named(name)
                    .orElseThrow(() -> new TypeConversionException("'" + name
                            + "' is not chat, alpaca, sharegpt, completion, preference, openai-preference or text"));
        }
    }
}
