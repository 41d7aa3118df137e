package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.demo.Sample;
import dev.tandem.cli.report.CompareJson;
import dev.tandem.cli.report.CompareText;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.compare.Comparison;
import dev.tandem.workspace.compare.ComparisonPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.IntStream;

/** The demo's end: all approaches on the sample's test set, with the model that the demo tuned. */
record DemoComparison(Terminal terminal, boolean json, int every) {
    /**
     * Compares, unless nothing could be tuned here.
     *
     * @param adapter what the demo tuned
     * @return what came of it, for programs
     */
    Map<String, Object> run(Sample sample, OpenWorkspace open, Path adapter) {
        if (!Files.exists(adapter.resolve("report.html"))) {
            terminal.remark("Nothing is compared, since nothing was tuned.");
            return Map.of();
        }
        var workspace = open.workspace();
        copyQuestions(sample.testSet(), workspace.testSetFile());
        copy(sample.messages(), workspace.folder().resolve("training.jsonl"));
        say("\n" + terminal.dim("─".repeat(terminal.width())) + "\n"
                + terminal.bold("Which approach? The untouched model, with examples, retrieval, fine-tuning, and both")
                + "\n");
        var report = workspace.folder().resolve("comparison.html");
        try (var interrupt = Interrupt.watch()) {
            var result = new Comparison(
                            open,
                            CompareOptions.ofDemo(workspace, adapter),
                            new TerminalProgress(terminal),
                            terminal::remark,
                            interrupt::asked)
                    .run();
            if (!result.approaches().isEmpty()) {
                ComparisonPage.write(result, report);
            }
            say(CompareText.of(result, workspace.folder(), terminal) + "\nEvery answer beside the others: " + report);
            return CompareJson.of(result);
        }
    }

    private void copyQuestions(Path from, Path to) {
        try {
            var lines = Files.readAllLines(from);
            Files.write(
                    to,
                    IntStream.range(0, lines.size())
                            .filter(number -> number % every == 0)
                            .mapToObj(lines::get)
                            .toList());
        } catch (IOException e) {
            throw new MendableException("Cannot write " + to + " (" + e + "): choose another --folder.", e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot copy " + from + " to " + to + " (" + e + "): choose another --folder.", e);
        }
    }

    private void say(String text) {
        if (!json) {
            terminal.out().println(text);
            terminal.out().flush();
        }
    }
}
