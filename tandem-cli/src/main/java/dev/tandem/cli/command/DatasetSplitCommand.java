package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.GateText;
import dev.tandem.tuning.example.gate.ExampleFile;
import dev.tandem.tuning.example.split.Grouping;
import dev.tandem.tuning.example.split.Share;
import dev.tandem.tuning.example.split.SplitFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem dataset split}: parts that know nothing of each other. */
@Command(
        name = "split",
        description = {
            "Split examples into train.jsonl, test.jsonl and validation.jsonl so that nothing of one is in another: examples",
            "that are alike stay together (--by cluster), or those of one document or customer (--by FIELD).",
            "split.json records sizes, seed and hashes. The same file, options and seed give the same split."
        },
        footer = {
            "",
            "Examples:",
            "  tandem dataset split train.jsonl --test 15% --out splits",
            "  tandem dataset split train.jsonl --by source --test 200 --validation 10% --out splits --seed 7"
        })
public final class DatasetSplitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TextFileOptions text = new TextFileOptions();

    @Parameters(paramLabel = "FILE", description = "The examples.")
    private Path file = Path.of("");

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            description = "What stays together: a field's value, cluster (unless given: what is alike), or none.")
    private String by = "cluster";

    @Option(
            names = "--test",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Test examples: a share as 15%%, or a number (10%% unless given).")
    private Share test = new Share(0.1, true);

    @Option(
            names = "--validation",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Validation examples (none unless given).")
    private Share validation = Share.NONE;

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "Where the parts go.")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "N", description = "Another seed gives another split (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--force", description = "Replace a split that is there.")
    private boolean force;

    public DatasetSplitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = new SplitFolder.Settings(Grouping.named(by), by, test, validation, seed, force);
        var split =
                SplitFolder.write(new ExampleFile(file, text.options(), new TerminalProgress(terminal)), out, settings);
        terminal.out().println(common.json ? Json.pretty(GateText.json(split)) : GateText.of(split));
        return 0;
    }

    /** A size. */
    static final class Size implements ITypeConverter<Share> {
        @Override
        public Share convert(String value) {
            return Share.parse(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is neither a share of less than 100% nor a number"));
        }
    }
}
