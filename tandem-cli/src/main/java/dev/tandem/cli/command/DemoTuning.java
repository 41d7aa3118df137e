package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.TuneText;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.report.RunReport;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The demo's second half: the starter learns how the shop writes to its customers, and shows the same prompts before and after. */
record DemoTuning(Terminal terminal, boolean json) {
    /**
     * Tunes, unless that was done by an earlier demo or cannot be done on this machine, which is said.
     *
     * @param messages training examples
     * @param out where the adapter goes
     * @return what came of it, for programs
     */
    Map<String, Object> run(Path messages, Path out) {
        var report = out.resolve("report.html");
        // Written last: a demo that was stopped goes on from its checkpoint instead.
        if (Files.exists(report)) {
            terminal.remark("The starter was tuned by an earlier demo: its adapter is " + out + ".");
            return Map.of();
        }
        Placement placement;
        try {
            placement = Placement.best();
        } catch (MendableException e) {
            terminal.remark("No tuning here: " + e.getMessage());
            return Map.of();
        }
        say("\n" + terminal.dim("─".repeat(terminal.width())) + "\n"
                + terminal.bold("Fine-tuning: the starter model learns how the shop writes to its customers") + "\n");
        var base = ModelFolder.starter();
        var settings = TuningSettings.of(
                        TuningSettings.Method.LORA, ConfigFile.read(base).parameters())
                .withEvaluateEvery(17)
                .withRemember(true)
                .withSamples(2);
        var job = new TuningJob(base, messages, Optional.empty(), Optional.empty(), out, settings, placement);
        try (var interrupt = Interrupt.watch()) {
            var progress = new TerminalProgress(terminal);
            var result = job.run(progress, NativeMemory.now(), terminal::remark, interrupt::asked);
            if (result.ending() == TrainingRun.Ending.CANCELLED) {
                terminal.remark("Stopped; the same command goes on.");
                return TuneText.json(job, result, Optional.empty());
            }
            RunReport.write(out, report, progress);
            say(TuneText.of(job, result, terminal) + "\nCurves and answers to look at: " + report);
            return TuneText.json(job, result, Optional.of(report));
        }
    }

    private void say(String text) {
        if (!json) {
            terminal.out().println(text);
            terminal.out().flush();
        }
    }
}
