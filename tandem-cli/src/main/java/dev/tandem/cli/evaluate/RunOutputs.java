package dev.tandem.cli.evaluate;

import dev.tandem.evaluation.gate.Baseline;
import dev.tandem.evaluation.gate.Gate;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateSettings;
import dev.tandem.evaluation.gate.output.GateJunit;
import dev.tandem.evaluation.gate.output.GateMarkdown;
import dev.tandem.evaluation.gate.output.GateWebhook;
import dev.tandem.evaluation.report.EvaluationPage;
import dev.tandem.evaluation.report.ReportJson;
import dev.tandem.evaluation.report.ReportMarkdown;
import dev.tandem.evaluation.report.ReportedRun;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is made of a run that is there: the gate's verdict in all its forms, and a report. Put together before the run begins,
 * so that what cannot be read or written is said at once. Files are replaced.
 *
 * @param gate what it checks; empty for no gate
 * @param junit where its verdict goes as JUnit XML
 * @param markdown and as Markdown
 * @param webhook and whom it is told
 * @param report where the run goes: HTML, or by its ending Markdown ({@code .md}) or JSON ({@code .json})
 */
public record RunOutputs(
        Optional<GateSettings> gate,
        Optional<Path> junit,
        Optional<Path> markdown,
        Optional<GateWebhook> webhook,
        Optional<Path> report) {
    private static final List<String> ENDINGS = List.of(".html", ".htm", ".md", ".json");

    public RunOutputs {
        junit.ifPresent(file -> checkWritable("--junit", file));
        markdown.ifPresent(file -> checkWritable("--markdown", file));
        report.ifPresent(file -> {
            checkWritable("--report", file);
            if (ENDINGS.stream().noneMatch(name(file)::endsWith)) {
                throw new MendableException("--report tells from the file's name what to write, but " + file
                        + " says nothing: let it end in .html, .md or .json.");
            }
        });
    }

    /**
     * Checks, writes and tells.
     *
     * @param remarks what went wrong without changing the verdict
     * @return the verdict, if a gate was asked
     */
    public Optional<GateOutcome> of(
            EvaluationRun run, List<ExampleResult> examples, Optional<Baseline> baseline, Consumer<String> remarks) {
        var outcome = gate.map(settings -> new Gate(settings).check(run, examples, baseline));
        report.ifPresent(file -> write(new ReportedRun(run, examples, outcome), file));
        outcome.ifPresent(verdict -> {
            junit.ifPresent(file -> write(file, GateJunit.of(verdict, run, examples)));
            markdown.ifPresent(file -> write(file, GateMarkdown.of(verdict)));
            webhook.flatMap(hook -> hook.send(verdict)).ifPresent(remarks);
        });
        return outcome;
    }

    private static void write(ReportedRun run, Path file) {
        if (name(file).endsWith(".md")) {
            write(file, ReportMarkdown.of(run));
        } else if (name(file).endsWith(".json")) {
            write(file, ReportJson.of(run).toPrettyString() + "\n");
        } else {
            EvaluationPage.write(List.of(run), file);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    private static void checkWritable(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new MendableException(file + " is a folder: name a file for " + option + ".");
        }
    }

    private static void write(Path file, String text) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + file + " (" + e + "): check that its folder may be written to and has space.", e);
        }
    }
}
