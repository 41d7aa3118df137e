package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.TrialsText;
import dev.tandem.cli.report.TuneText;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.report.RunReport;
import dev.tandem.tuning.search.Budget;
import dev.tandem.tuning.search.Search;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem tune}: a model folder and examples to an adapter. */
@Command(
        name = "tune",
        description = {
            "Tune a language model on examples, in this process: LoRA, QLoRA, prompt tuning, or every weight.",
            "Examples: chat (OpenAI), Alpaca, ShareGPT, prompt/completion, texts; JSON lines, JSON, CSV or Parquet.",
            "Held-out loss decides when to stop and which weights are kept. Ctrl-C leaves a checkpoint to go on from.",
            "Before training, the base's loss is measured and it answers a few held-out examples; afterwards both are shown."
        },
        footer = {
            "",
            "Examples:",
            "  tandem tune --data train.jsonl --out adapters/first",
            "  tandem tune --base models/Qwen2.5-0.5B-Instruct --data train.jsonl --out adapters/voice",
            "  tandem tune --base DIR --data train.jsonl --method qlora --rank 32 --epochs 2 --out adapters/voice",
            "  tandem tune --base DIR --data train.jsonl --general general.jsonl --out adapters/voice",
            "  tandem tune --base DIR --data train.jsonl --search 20m --out adapters/voice",
            "  tandem tune --data train.jsonl --out adapters/first --samples 5 --report report.html",
            "  tandem tune --resume adapters/voice"
        })
public final class TuneCommand implements Callable<Integer> {
    /** As shells give it to what Ctrl-C ended. */
    private static final int CANCELLED = 130;

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TuningOptions options = new TuningOptions();

    @Mixin
    private final PlacementOptions placement = new PlacementOptions();

    @Option(names = "--resume", paramLabel = "FOLDER", description = "Go on with a run that was broken off.")
    private @Nullable Path resume;

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            description = {"The model, a folder in Hugging Face's layout; unless given, the starter."})
    private @Nullable Path base;

    @Option(names = "--data", paramLabel = "FILE", description = "The examples.")
    private @Nullable Path data;

    @Option(
            names = "--eval",
            paramLabel = "FILE",
            description = "Held-out examples; else a tenth of the data is held out.")
    private @Nullable Path heldOut;

    @Option(
            names = "--general",
            paramLabel = "FILE",
            description = "Examples of what the model should not forget; their loss is watched and decides nothing.")
    private @Nullable Path general;

    @Option(names = "--allow-leakage", description = "Go on even if the data give examples of --eval away.")
    private boolean allowLeakage;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the adapter goes.")
    private @Nullable Path out;

    @Option(
            names = "--search",
            paramLabel = "TIME",
            converter = Time.class,
            description = {
                "Search settings for a time, as 20m or 1h30m, and keep the best: learning rate and batch,",
                "for LoRA rank, alpha and layers, too; what is given stays. Trials are in OUT/search."
            })
    private @Nullable Budget budget;

    @Option(
            names = "--ignore-memory",
            description = "Begin although the run needs more memory than there is, by an estimate.")
    private boolean ignoreMemory;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page to look at, in one HTML file: curves, answers before and after, the data.")
    private @Nullable Path report;

    public TuneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (report != null) {
            RunReport.require(report);
        }
        if (resume != null) {
            return Search.isUnfinished(resume) ? search(Search.recorded(resume)) : tune(TuningJob.recorded(resume));
        }
        var job = job();
        job.requireNew();
        if (!allowLeakage) {
            job.requireNoLeakage();
        }
        if (!options.saysWhetherToRemember()) {
            job = job.remembering(NativeMemory.now());
        }
        return budget == null ? tune(job) : search(new Search(job, options.given(), budget));
    }

    private int tune(TuningJob job) {
        if (!common.json) {
            terminal.remark("Tuning " + job.base() + " on " + job.placement() + ".");
        }
        try (var interrupt = Interrupt.watch()) {
            var progress = new TerminalProgress(terminal);
            var result = job.run(progress, memory(), listener(job), interrupt::asked);
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(TuneText.json(job, result, Optional.ofNullable(report)))
                                    : TuneText.of(job, result, terminal));
            report(job.out(), progress);
            return result.ending() == TrainingRun.Ending.CANCELLED ? CANCELLED : 0;
        }
    }

    private void report(Path out, Progress progress) {
        if (report != null) {
            RunReport.write(out, report, progress);
            if (!common.json) {
                terminal.out().println("The report is in " + report + ".");
            }
        }
    }

    private TuningJob.Listener listener(TuningJob job) {
        return new TuningJob.Listener() {
            @Override
            public void remark(String sentence) {
                terminal.remark(sentence);
            }

            @Override
            public void begins(TrainingRun.Start start) {
                if (!common.json) {
                    terminal.remark(TuneText.start(job, start, terminal));
                }
            }
        };
    }

    private int search(Search search) {
        if (!common.json) {
            terminal.remark("Searching settings to tune " + search.job().base() + " on "
                    + search.job().placement() + ", at most " + search.budget() + ".");
        }
        try (var interrupt = Interrupt.watch()) {
            var progress = new TerminalProgress(terminal);
            var result = search.run(progress, memory(), terminal::remark, interrupt::asked);
            if (result.isEmpty()) {
                terminal.remark("Stopped before the first trial: give the same command to begin anew.");
                return CANCELLED;
            }
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(TrialsText.json(result.get()))
                                    : TrialsText.of(result.get(), terminal));
            if (result.get().verdict().isEmpty()) {
                return CANCELLED;
            }
            report(search.job().out(), progress);
            return 0;
        }
    }

    private NativeMemory memory() {
        return ignoreMemory ? NativeMemory.UNLIMITED : NativeMemory.now();
    }

    private TuningJob job() {
        if (data == null || out == null) {
            throw new ParameterException(
                    spec == null ? new picocli.CommandLine(this) : spec.commandLine(),
                    "Name --data and --out, or --resume.");
        }
        var model = base == null ? ModelFolder.starter() : ModelFolder.of(base);
        return new TuningJob(
                model,
                data,
                Optional.ofNullable(heldOut),
                Optional.ofNullable(general),
                out,
                options.settings(ConfigFile.read(model).parameters()),
                placement.placement());
    }

    /** A budget of time. */
    static final class Time implements ITypeConverter<Budget> {
        @Override
        public Budget convert(String value) {
            return Budget.parse(value)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + value + "' is no time, such as 20m, 1h30m or 90s"));
        }
    }
}
