package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.DatasetText;
import dev.tandem.tuning.conversion.Collection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem dataset collect}: examples from what a team has. */
@Command(
        name = "collect",
        description = {
            "Make training examples from records with a question and an answer: CSV, TSV, JSON, JSON lines or Parquet.",
            "A column may be a path into nested JSON (ticket.messages.0.text). Records in which the question or the answer",
            "is empty are left out and counted. Chat exports need no collecting: see tandem dataset convert."
        },
        footer = {
            "",
            "Examples:",
            "  tandem dataset collect --from tickets.csv --question subject --answer reply --out train.jsonl",
            "  tandem dataset collect --from log.jsonl --question input.text --answer output --field source=url \\",
            "      --system \"You are our support desk.\" --out train.jsonl"
        })
public final class DatasetCollectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TextFileOptions text = new TextFileOptions();

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The records.")
    private Path from = Path.of("");

    @Option(names = "--question", paramLabel = "COLUMN", required = true, description = "What is asked.")
    private String question = "";

    @Option(names = "--answer", paramLabel = "COLUMN", required = true, description = "What is to be learned.")
    private String answer = "";

    @Option(names = "--system", paramLabel = "TEXT", description = "A system prompt for every example.")
    private @Nullable String system;

    @Option(
            names = "--field",
            paramLabel = "NAME=COLUMN",
            description = "A column to keep with each example, under a name; may be given often.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the examples go.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    public DatasetCollectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings =
                new Collection.Settings(question, answer, Optional.ofNullable(system), fields, text.options(), force);
        var collection = Collection.of(from, out, settings, new TerminalProgress(terminal));
        terminal.out()
                .println(
                        common.json ? Json.pretty(DatasetText.json(out, collection)) : DatasetText.of(out, collection));
        return 0;
    }
}
