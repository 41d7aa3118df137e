package dev.tandem.tuning.report;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.page.Page;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.gate.GateReport;
import dev.tandem.tuning.example.gate.GateRun;
import dev.tandem.tuning.example.gate.GateSettings;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.tuning.training.TuningJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A run's folder to one HTML file, with what the data gate finds in its training file today. */
public final class RunReport {
    private RunReport() {}

    /** What the page says of the training file: what the gate found, or why it was not asked. */
    record Data(Optional<GateReport> report, String without) {}

    /**
     * Asks that a file may become a page, so that a long run does not end in an error, nor another file in a page.
     *
     * @throws MendableException if it is not called like one, or is a folder
     */
    public static void require(Path page) {
        var name = String.valueOf(page.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".html") && !name.endsWith(".htm") || Files.isDirectory(page)) {
            throw new MendableException("--report writes an HTML page and replaces one that is there, but " + page
                    + " is not called like a page: give it a name that ends in .html.");
        }
    }

    /**
     * Writes the page.
     *
     * @param run its folder; the run may be unfinished
     * @throws MendableException if the folder holds no run or the page cannot be written
     */
    public static void write(Path run, Path page, Progress progress) {
        require(page);
        var history = RunHistory.of(run);
        Page.write(page, new RunPage(history, data(history, progress)).html());
    }

    private static Data data(RunHistory run, Progress progress) {
        var job = run.job();
        if (!run.hasItsData()) {
            return new Data(
                    Optional.empty(),
                    job.training() + " is gone or has changed since the run began, so it was not looked at.");
        }
        try {
            return new Data(Optional.of(gate(job).run(progress).report()), "");
        } catch (MendableException e) {
            return new Data(Optional.empty(), job.training() + " could not be looked at: " + e.getMessage());
        }
    }

    private static GateRun gate(TuningJob job) {
        return new GateRun(
                job.training(),
                job.heldOut().filter(Files::isRegularFile).stream().toList(),
                Optional.empty(),
                Stream.of(job.base())
                        .filter(base -> Files.isRegularFile(base.resolve("tokenizer.json")))
                        .findFirst(),
                GateSettings.DEFAULTS.nearDuplicate(),
                GateSettings.DEFAULTS.personal(),
                TextOptions.TOLD,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
