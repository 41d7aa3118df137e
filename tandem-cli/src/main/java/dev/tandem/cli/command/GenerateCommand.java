package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.generate.Generation;
import dev.tandem.decoder.generation.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem generate}: texts from a model in this process, with adapters. */
@Command(
        name = "generate",
        description = {
            "Let a language model continue prompts, in this process, through adapters or none.",
            "A line of --prompts is {\"id\", \"prompt\"} or {\"id\", \"messages\"}, and may name its \"adapter\" and",
            "give a \"json_schema\" of its own."
        },
        footer = {
            "",
            "Examples:",
            "  tandem generate --base models/Qwen2.5-0.5B-Instruct --prompt \"Why is the sky blue?\" --stream",
            "  tandem generate --base DIR --adapter adapters/voice --prompts p.jsonl --out o.jsonl",
            "  tandem generate --base DIR --prompt \"Who wrote Faust? Answer in JSON.\" --json-schema answer.schema.json"
        })
public final class GenerateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PlacementOptions placement = new PlacementOptions();

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            required = true,
            description = "The model's folder; starter for Tandem's own.")
    private Path base = Path.of("");

    @Option(
            names = "--adapter",
            paramLabel = "FOLDER",
            description = "An adapter; its name is its folder's. The first is used where a line names none.")
    private List<Path> adapters = new ArrayList<>();

    @ArgGroup(multiplicity = "1")
    private Input input = new Input();

    /** One or the other. */
    static final class Input {
        @Option(
                names = "--prompt",
                paramLabel = "TEXT",
                description = "One prompt; as a user's message where the model chats.")
        private @Nullable String prompt;

        @Option(names = "--prompts", paramLabel = "FILE", description = "Many prompts, in JSON lines.")
        private @Nullable Path prompts;
    }

    @Option(names = "--out", paramLabel = "FILE", description = "Where the answers to --prompts go, a line each.")
    private @Nullable Path out;

    @Option(names = "--stream", description = "Show a single prompt's answer as it comes.")
    private boolean stream;

    @Option(names = "--batch", paramLabel = "N", description = "Prompts at once (${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(names = "--max-tokens", paramLabel = "N", description = "Most new tokens (${DEFAULT-VALUE}).")
    private int maxTokens = 256;

    @Option(names = "--temperature", paramLabel = "X", description = "0, the likeliest token always, unless given.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "N", description = "Only the N likeliest tokens.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "X",
            description = "Only the likeliest tokens that make up this probability.")
    private double topP = 1;

    @Option(
            names = "--min-p",
            paramLabel = "X",
            description = "Only tokens with this share of the likeliest one's probability.")
    private double minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "Over 1 makes tokens that came before less likely.")
    private double repetitionPenalty = 1;

    @Option(names = "--stop", paramLabel = "TEXT", description = "Ends an answer where it comes; may be given often.")
    private List<String> stops = new ArrayList<>();

    @Option(
            names = "--json-schema",
            paramLabel = "FILE",
            description = "Answers are JSON that this schema holds for; a line's own \"json_schema\" goes before it.")
    private @Nullable Path jsonSchema;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same answer.")
    private long seed;

    public GenerateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var sampling = new Sampling(temperature, topK, topP, minP, repetitionPenalty, maxTokens, stops, seed);
        var generation = new Generation(
                ModelFolder.of(base), adapters, placement.placement(), sampling, Optional.ofNullable(jsonSchema));
        try (var interrupt = Interrupt.watch()) {
            if (input.prompts != null) {
                var summary = generation.file(
                        input.prompts,
                        out,
                        Math.max(1, batch),
                        new TerminalProgress(terminal),
                        terminal.out(),
                        interrupt::asked);
                terminal.remark(summary);
                return interrupt.asked() ? 130 : 0;
            }
            boolean streamed = stream && !common.json;
            var answer = generation.single(
                    input.prompt == null ? "" : input.prompt,
                    more -> {
                        if (streamed) {
                            terminal.out().print(more);
                            terminal.out().flush();
                        }
                    },
                    interrupt::asked);
            terminal.out().println(common.json ? Json.pretty(answer.json()) : streamed ? "" : answer.text());
            return 0;
        }
    }
}
