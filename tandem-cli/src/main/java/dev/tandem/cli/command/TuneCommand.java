package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.TuneText;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.report.RunReport;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            "  tandem tune --data train.jsonl --out adapters/first --samples 5 --report report.html",
            "  tandem tune --resume adapters/voice"
        })
public final class TuneCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

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

    @Option(names = "--method", paramLabel = "NAME", description = "lora (unless given), qlora, prompt or full.")
    private TuningSettings.Method method = TuningSettings.Method.LORA;

    @Option(names = "--rank", paramLabel = "N", description = "Rank of the update; 16, for very small models 64.")
    private @Nullable Integer rank;

    @Option(names = "--alpha", paramLabel = "X", description = "Its strength; twice the rank unless given.")
    private @Nullable Double alpha;

    @Option(names = "--dropout", paramLabel = "X", description = "Share of its inputs left out (${DEFAULT-VALUE}).")
    private double dropout;

    @Option(names = "--rslora", description = "Scale the update by alpha / sqrt(rank).")
    private boolean rankStabilised;

    @Option(names = "--dora", description = "Learn the rows' lengths apart from their directions.")
    private boolean magnitudes;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            split = ",",
            description = "Layers that get an update, as in q_proj,v_proj; all linear layers unless given.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--virtual-tokens", paramLabel = "N", description = "For prompt tuning (${DEFAULT-VALUE}).")
    private int virtualTokens = 20;

    @Option(names = "--init-text", paramLabel = "TEXT", description = "What virtual tokens begin as.")
    private @Nullable String initialText;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data; 3, for very small models 5.")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Examples at once; 8, for very small models 16.")
    private @Nullable Integer batch;

    @Option(names = "--accumulate", paramLabel = "N", description = "Batches an update (${DEFAULT-VALUE}).")
    private int accumulate = 1;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = {
                "Highest learning rate; 2e-4 for LoRA, 2e-5 for full, 3e-2 for prompt tuning unless given;",
                "for models under 50 million weights, as the starter, 3e-3 for LoRA and 1e-3 for full."
            })
    private @Nullable Double learningRate;

    @Option(names = "--max-length", paramLabel = "N", description = "Most tokens of an example (${DEFAULT-VALUE}).")
    private int maxLength = 1024;

    @Option(
            names = "--eval-every",
            paramLabel = "N",
            description = "Updates between held-out losses (${DEFAULT-VALUE}).")
    private int evaluateEvery = 50;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Held-out losses in a row that may be worse than the best (${DEFAULT-VALUE}).")
    private int patience = 3;

    @Option(
            names = "--remember",
            description =
                    "Keep all activations instead of running each block twice: faster, and several times the memory.")
    private boolean remember;

    @Option(
            names = "--ignore-memory",
            description = "Begin although the run needs more memory than there is, by an estimate.")
    private boolean ignoreMemory;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same adapter (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Held-out examples to answer before and after training; 0 for none (${DEFAULT-VALUE}).")
    private int samples = 3;

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
        var job = resume != null ? TuningJob.recorded(resume) : job();
        if (resume == null) {
            job.requireNew();
            if (!allowLeakage) {
                job.requireNoLeakage();
            }
        }
        if (!common.json) {
            terminal.remark("Tuning " + job.base() + " on " + job.placement() + ".");
        }
        try (var interrupt = Interrupt.watch()) {
            var memory = ignoreMemory ? NativeMemory.UNLIMITED : NativeMemory.now();
            var progress = new TerminalProgress(terminal);
            var result = job.run(progress, memory, listener(job), interrupt::asked);
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(TuneText.json(job, result, Optional.ofNullable(report)))
                                    : TuneText.of(job, result, terminal));
            if (report != null) {
                RunReport.write(job.out(), report, progress);
                if (!common.json) {
                    terminal.out().println("The report is in " + report + ".");
                }
            }
            return result.ending() == TrainingRun.Ending.CANCELLED ? 130 : 0;
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

    private TuningJob job() {
        if (data == null || out == null) {
            throw new ParameterException(
                    spec == null ? new picocli.CommandLine(this) : spec.commandLine(),
                    "Name --data and --out, or --resume.");
        }
        var model = base == null ? ModelFolder.starter() : ModelFolder.of(base);
        var defaults = TuningSettings.of(method, ConfigFile.read(model).parameters());
        int lowRank = atLeast("--rank", rank == null ? defaults.lora().rank() : rank, 1);
        var lora = new LoraSettings(
                lowRank, alpha == null ? 2.0 * lowRank : alpha, dropout, rankStabilised, magnitudes, targets);
        return new TuningJob(
                model,
                data,
                Optional.ofNullable(heldOut),
                Optional.ofNullable(general),
                out,
                new TuningSettings(
                        method,
                        lora,
                        atLeast("--virtual-tokens", virtualTokens, 1),
                        initialText == null ? defaults.initialText() : initialText,
                        atLeast("--epochs", epochs == null ? defaults.epochs() : epochs, 1),
                        atLeast("--batch", batch == null ? defaults.batch() : batch, 1),
                        atLeast("--accumulate", accumulate, 1),
                        learningRate == null ? defaults.learningRate() : learningRate,
                        defaults.warmup(),
                        defaults.weightDecay(),
                        defaults.clip(),
                        atLeast("--max-length", maxLength, 8),
                        atLeast("--eval-every", evaluateEvery, 1),
                        atLeast("--patience", patience, 1),
                        remember,
                        seed,
                        atLeast("--samples", samples, 0)),
                placement.placement());
    }

    private int atLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec == null ? new picocli.CommandLine(this) : spec.commandLine(),
                    option + " must be at least " + least + ", not " + value + ".");
        }
        return value;
    }
}
