package dev.tandem.evaluation.report;

import dev.tandem.evaluation.gate.Gate;
import dev.tandem.evaluation.gate.GateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes pages of sample runs into a folder, to look at them in a browser. */
public final class WriteSamplePages {
    private WriteSamplePages() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        EvaluationPage.write(List.of(gated(SampleRuns.run("3f2a", "rag", 0.7, 60, 10, 1))), folder.resolve("one.html"));
        EvaluationPage.write(
                List.of(gated(SampleRuns.run("3f2a", "rag", 0.7, 200, 10, 1))), folder.resolve("large.html"));
        EvaluationPage.write(
                List.of(
                        SampleRuns.run("1c07", "base", 0.3, 60, 0, 2),
                        SampleRuns.run("3f2a", "rag", 0.7, 60, 5, 1),
                        SampleRuns.run("99d1", "fine-tuned", 0.72, 60, 0, 3),
                        SampleRuns.run("e4b2", "hybrid", 0.9, 60, 5, 4)),
                folder.resolve("several.html"));
        Files.writeString(
                folder.resolve("one.md"), ReportMarkdown.of(gated(SampleRuns.run("3f2a", "rag", 0.7, 60, 10, 1))));
    }

    private static ReportedRun gated(ReportedRun run) {
        var outcome = new Gate(GateSettings.DEFAULTS).check(run.run(), run.examples(), Optional.empty());
        return new ReportedRun(run.run(), run.examples(), Optional.of(outcome));
    }
}
