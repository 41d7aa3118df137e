package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.settings.RerankSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem model test}: whether the configured models answer. */
@Command(
        name = "test",
        description = {
            "Ask each model that a workspace names once: the embedding model for a vector, the re-ranker for",
            "a score, the language model for a word.",
            "Exit code 1 if one does not answer; what is wrong is said, with what to do."
        },
        footer = {"", "Example:", "  tandem model test -w my-kb"})
public final class ModelTestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public ModelTestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What one of them did. */
    private record Outcome(String kind, String model, Optional<String> problem, String told, Duration taken) {}

    @Override
    public Integer call() {
        try (var open = new OpenWorkspace(workspace.find())) {
            var settings = open.workspace().settings();
            var outcomes = new ArrayList<Outcome>();
            outcomes.add(asked(
                    "embedding",
                    settings.embedding()
                            .model()
                            .orElse(settings.embedding().provider().name().toLowerCase(Locale.ROOT)),
                    () -> open.encoder().encodeQuestion("Does it work?").vector().length + " numbers a vector"));
            if (settings.rerank().provider() != RerankSettings.Provider.NONE) {
                outcomes.add(asked(
                        "re-ranker",
                        settings.rerank().model().orElse(""),
                        () -> "it gave "
                                + open.reranker()
                                        .score("Yes, it works.", "Does it work?")
                                        .content()));
            }
            if (settings.model().provider() != ModelSettings.Provider.NONE) {
                outcomes.add(asked(
                        "model",
                        settings.model().name().orElse(""),
                        () -> "it said: " + shortened(open.chatModel().chat("Say yes."))));
            }
            print(outcomes);
            return outcomes.stream().allMatch(outcome -> outcome.problem().isEmpty()) ? 0 : Failure.MENDABLE;
        }
    }

    private static Outcome asked(String kind, String model, Supplier<String> question) {
        long began = System.nanoTime();
        try {
            var told = question.get();
            return new Outcome(kind, model, Optional.empty(), told, Duration.ofNanos(System.nanoTime() - began));
        } catch (MendableException e) {
            return new Outcome(
                    kind,
                    model,
                    Optional.of(String.valueOf(e.getMessage())),
                    "",
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }

    private void print(List<Outcome> outcomes) {
        if (common.json) {
            terminal.out()
                    .println(Json.pretty(
                            outcomes.stream().map(ModelTestCommand::json).toList()));
            return;
        }
        for (var outcome : outcomes) {
            var name = outcome.kind() + "  " + Terminal.printable(outcome.model()) + "  ";
            terminal.out()
                    .println(outcome.problem()
                            .map(problem -> name + terminal.warning(Terminal.printable(problem)))
                            .orElseGet(() -> name + Terminal.printable(outcome.told()) + ", after "
                                    + outcome.taken().toMillis() + " ms"));
        }
    }

    private static Map<String, Object> json(Outcome outcome) {
        return Json.object(
                "kind", outcome.kind(),
                "model", outcome.model(),
                "works", outcome.problem().isEmpty(),
                "problem", outcome.problem(),
                "told", outcome.told(),
                "milliseconds", outcome.taken().toMillis());
    }
}
