package dev.tandem.cli.command;

import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.search.SearchSpace;
import dev.tandem.tuning.training.TuningSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a model is tuned; what is not given follows from the method and from how large the model is. */
final class TuningOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

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

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data (${DEFAULT-VALUE}).")
    private int epochs = 3;

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
            negatable = true,
            description =
                    "Keep all activations, or run each block twice: half again as fast, or in a third of the memory. Unless"
                            + " given: kept where half of the machine's memory suffices, but not by qlora.")
    private @Nullable Boolean remember;

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

    /**
     * All settings.
     *
     * @param parameters how many weights the model has
     */
    TuningSettings settings(long parameters) {
        var defaults = TuningSettings.of(method, parameters);
        int lowRank = atLeast("--rank", rank == null ? defaults.lora().rank() : rank, 1);
        var lora = new LoraSettings(
                lowRank, alpha == null ? 2.0 * lowRank : alpha, dropout, rankStabilised, magnitudes, targets);
        return new TuningSettings(
                method,
                lora,
                atLeast("--virtual-tokens", virtualTokens, 1),
                initialText == null ? defaults.initialText() : initialText,
                atLeast("--epochs", epochs, 1),
                atLeast("--batch", batch == null ? defaults.batch() : batch, 1),
                atLeast("--accumulate", accumulate, 1),
                learningRate == null ? defaults.learningRate() : learningRate,
                defaults.warmup(),
                defaults.weightDecay(),
                defaults.clip(),
                atLeast("--max-length", maxLength, 8),
                atLeast("--eval-every", evaluateEvery, 1),
                atLeast("--patience", patience, 1),
                Boolean.TRUE.equals(remember),
                seed,
                atLeast("--samples", samples, 0));
    }

    /** Whether it was said if activations are to be kept, so that nothing chooses by the memory that there is. */
    boolean saysWhetherToRemember() {
        return remember != null;
    }

    /** What of a search's choices was given, and is therefore not searched. */
    Set<SearchSpace.Choice> given() {
        var given = EnumSet.noneOf(SearchSpace.Choice.class);
        if (learningRate != null) {
            given.add(SearchSpace.Choice.LEARNING_RATE);
        }
        if (rank != null) {
            given.add(SearchSpace.Choice.RANK);
        }
        if (alpha != null) {
            given.add(SearchSpace.Choice.ALPHA);
        }
        if (!targets.isEmpty()) {
            given.add(SearchSpace.Choice.TARGETS);
        }
        if (batch != null) {
            given.add(SearchSpace.Choice.BATCH);
        }
        return given;
    }

    private int atLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec == null ? new CommandLine(this) : spec.commandLine(),
                    option + " must be at least " + least + ", not " + value + ".");
        }
        return value;
    }
}
