package dev.tandem.tuning.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tandem.tuning.method.LoraSettings;
import java.util.function.Consumer;

/**
 * All that decides a run beside base and data; recorded with it.
 *
 * @param method how
 * @param lora what the adapter looks like, for lora and qlora
 * @param virtualTokens how many, for prompt tuning
 * @param initialText what virtual tokens begin as, repeated or cut to their number
 * @param epochs passes over the data
 * @param batch examples whose gradients are computed at once
 * @param accumulate batches whose gradients are summed for one update
 * @param learningRate the highest, reached after warming up
 * @param warmup share of the updates in which the learning rate rises; then it falls as a cosine to zero
 * @param weightDecay share of a matrix that the learning rate takes away at each update
 * @param clip longest gradient
 * @param maxLength most tokens of an example
 * @param evaluateEvery updates between held-out losses
 * @param patience how many held-out losses in a row may be worse than the best before training stops
 * @param remember whether all activations are kept instead of running each block twice: faster by a quarter to a third, and
 *     several times the memory
 * @param seed of first weights, order and dropout, and of the choice of samples
 * @param samples how many held-out examples the base answers before training and the tuned model after it; 0 for none
 */
public record TuningSettings(
        Method method,
        LoraSettings lora,
        @JsonProperty("virtual_tokens") int virtualTokens,
        @JsonProperty("initial_text") String initialText,
        int epochs,
        int batch,
        int accumulate,
        @JsonProperty("learning_rate") double learningRate,
        double warmup,
        @JsonProperty("weight_decay") double weightDecay,
        double clip,
        @JsonProperty("max_length") int maxLength,
        @JsonProperty("evaluate_every") int evaluateEvery,
        int patience,
        boolean remember,
        long seed,
        int samples) {
    /** Weights below which a model is very small. */
    private static final long SMALL = 50_000_000;

    /** Ways of tuning, with the learning rates that published advice gives them. */
    public enum Method {
        /** Every weight. */
        FULL(2e-5),
        /** Low-rank updates; about ten times the learning rate of full tuning (Schulman et al. 2025). */
        LORA(2e-4),
        /** Low-rank updates of a base in four bits (Dettmers et al. 2023). */
        QLORA(2e-4),
        /** Virtual tokens; Lester et al. 2021 take 0.3 for large models, small ones diverge there. */
        PROMPT(3e-2);

        private final double learningRate;

        Method(double learningRate) {
            this.learningRate = learningRate;
        }

        /** What is taken unless another is given. */
        public double learningRate() {
            return learningRate;
        }
    }

    /**
     * The defaults for a model: very small ones, as the starter, take rates and ranks that would ruin a large one;
     * measured on the starter (docs/starter.md).
     *
     * @param parameters how many weights it has
     */
    public static TuningSettings of(Method method, long parameters) {
        var defaults = of(method);
        if (parameters >= SMALL) {
            return defaults;
        }
        return defaults.changed(copy -> {
            copy.lora = LoraSettings.DEFAULTS.withRank(64);
            copy.batch = 16;
            copy.learningRate = switch (method) {
                case FULL -> 1e-3;
                case LORA, QLORA -> 3e-3;
                case PROMPT -> defaults.learningRate;
            };
        });
    }

    /** The defaults of a method. */
    public static TuningSettings of(Method method) {
        return new TuningSettings(
                method,
                LoraSettings.DEFAULTS,
                20,
                "Answer the question as well as you can:",
                3,
                8,
                1,
                method.learningRate(),
                0.05,
                0,
                1,
                1024,
                50,
                3,
                false,
                1,
                3);
    }

    /** The same, but for one thing. */
    public TuningSettings withMethod(Method other) {
        return changed(copy -> copy.method = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withEpochs(int other) {
        return changed(copy -> copy.epochs = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withBatch(int other) {
        return changed(copy -> copy.batch = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withLearningRate(double other) {
        return changed(copy -> copy.learningRate = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withWeightDecay(double other) {
        return changed(copy -> copy.weightDecay = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withEvaluateEvery(int other) {
        return changed(copy -> copy.evaluateEvery = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withMaxLength(int other) {
        return changed(copy -> copy.maxLength = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withRemember(boolean other) {
        return changed(copy -> copy.remember = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withLora(LoraSettings other) {
        return changed(copy -> copy.lora = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withSamples(int other) {
        return changed(copy -> copy.samples = other);
    }

    /** The same, but for one thing. */
    public TuningSettings withSeed(long other) {
        return changed(copy -> copy.seed = other);
    }

    private TuningSettings changed(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return new TuningSettings(
                copy.method,
                copy.lora,
                virtualTokens,
                initialText,
                copy.epochs,
                copy.batch,
                accumulate,
                copy.learningRate,
                warmup,
                copy.weightDecay,
                clip,
                copy.maxLength,
                copy.evaluateEvery,
                patience,
                copy.remember,
                copy.seed,
                copy.samples);
    }

    /** What of a copy may be another's. */
    private static final class Copy {
        private Method method;
        private LoraSettings lora;
        private int epochs;
        private int batch;
        private double learningRate;
        private double weightDecay;
        private int maxLength;
        private int evaluateEvery;
        private boolean remember;
        private long seed;
        private int samples;

        Copy(TuningSettings from) {
            method = from.method;
            lora = from.lora;
            epochs = from.epochs;
            batch = from.batch;
            learningRate = from.learningRate;
            weightDecay = from.weightDecay;
            maxLength = from.maxLength;
            evaluateEvery = from.evaluateEvery;
            remember = from.remember;
            seed = from.seed;
            samples = from.samples;
        }
    }
}
