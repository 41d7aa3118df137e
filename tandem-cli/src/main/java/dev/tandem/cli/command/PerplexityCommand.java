package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.PerplexityText;
import dev.tandem.tuning.training.Perplexity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem perplexity}: how well a model, with adapters or without, foretells texts. */
@Command(
        name = "perplexity",
        description = {
            "Measure how well a model foretells texts it has not seen, and how much better an adapter makes it.",
            "--data is in any form that tandem dataset convert reads: answers are counted, of {\"text\"} all of it."
        },
        footer = {"", "Example:", "  tandem perplexity --base models/qwen --adapter adapters/voice --data test.jsonl"})
public final class PerplexityCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PlacementOptions placement = new PlacementOptions();

    @Option(names = "--base", paramLabel = "FOLDER", required = true, description = "The model's folder, or starter.")
    private Path base = Path.of("");

    @Option(names = "--adapter", paramLabel = "FOLDER", description = "Measured beside the base; may be given often.")
    private List<Path> adapters = new ArrayList<>();

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The texts.")
    private Path data = Path.of("");

    @Option(names = "--batch", paramLabel = "N", description = "Texts at once (${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Most tokens of a text; longer ones lose their ends (${DEFAULT-VALUE}).")
    private int maxLength = 2048;

    public PerplexityCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var report = Perplexity.measure(
                ModelFolder.of(base),
                adapters,
                data,
                placement.placement(),
                new Perplexity.Settings(Math.max(1, batch), Math.max(2, maxLength)),
                new TerminalProgress(terminal));
        terminal.out().println(common.json ? Json.pretty(PerplexityText.json(report)) : PerplexityText.of(report));
        return 0;
    }
}
