package dev.tandem.tuning.search;

import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.training.TuningSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Among which settings a search looks: around the defaults, drawn at random, which finds good ones with fewer trials than a
 * grid does (Bergstra and Bengio 2012).
 *
 * @param defaults the method's for the model, with what the user gave; always the first configuration
 * @param fixed what the user gave, which is not searched
 */
public record SearchSpace(TuningSettings defaults, Set<Choice> fixed) {
    /** How far from the default learning rate is looked, as a factor in both directions. */
    private static final double RATES = 10;

    private static final double[] RANKS = {0.25, 0.5, 1, 2};
    private static final double[] BATCHES = {0.5, 1, 2};
    private static final double[] DECAYS = {0, 0.01, 0.1};

    /** Layers that get an update: all linear ones, those of attention, or query and value as in the paper of LoRA. */
    private static final List<List<String>> TARGETS =
            List.of(List.of(), List.of("q_proj", "k_proj", "v_proj", "o_proj"), List.of("q_proj", "v_proj"));

    /** Draws in a row that give nothing new before the space counts as used up. */
    private static final int PATIENCE = 200;

    /** What can be searched. */
    public enum Choice {
        /** From a tenth to ten times the default, evenly in its logarithm. */
        LEARNING_RATE("--learning-rate"),
        /** From a quarter of the default to twice it. */
        RANK("--rank"),
        /** Once or twice the rank. */
        ALPHA("--alpha"),
        /** All linear layers, those of attention, or query and value. */
        TARGETS("--target"),
        /** Half the default, it, or twice it. */
        BATCH("--batch"),
        /** 0, 0.01 or 0.1. */
        WEIGHT_DECAY("");

        private final String option;

        Choice(String option) {
            this.option = option;
        }
    }

    /** @throws MendableException if nothing is left to search */
    public SearchSpace {
        fixed = Set.copyOf(fixed);
        if (searched(defaults.method(), fixed).isEmpty()) {
            throw new MendableException("There is nothing to search: "
                    + String.join(
                            ", ",
                            choices(defaults.method()).stream()
                                    .map(choice -> choice.option)
                                    .toList())
                    + " are all given. Leave out what is to be searched.");
        }
    }

    /** What is searched. */
    public Set<Choice> searched() {
        return searched(defaults.method(), fixed);
    }

    private static Set<Choice> searched(TuningSettings.Method method, Set<Choice> fixed) {
        var searched = choices(method);
        searched.removeAll(fixed);
        return searched;
    }

    private static EnumSet<Choice> choices(TuningSettings.Method method) {
        return switch (method) {
            case LORA, QLORA ->
                EnumSet.of(Choice.LEARNING_RATE, Choice.RANK, Choice.ALPHA, Choice.TARGETS, Choice.BATCH);
            case FULL -> EnumSet.of(Choice.LEARNING_RATE, Choice.BATCH, Choice.WEIGHT_DECAY);
            case PROMPT -> EnumSet.of(Choice.LEARNING_RATE, Choice.BATCH);
        };
    }

    /**
     * Configurations: the default, then different ones as the seed of the settings draws them; of more, the first are the same.
     *
     * @param most how many; fewer come where the space has no more
     * @param fits which may come, such as those that memory suffices for; the default is not asked about
     */
    public List<TuningSettings> draw(int most, Predicate<TuningSettings> fits) {
        var random = new Random(defaults.seed());
        var drawn = new LinkedHashSet<TuningSettings>(List.of(defaults));
        int inVain = 0;
        while (drawn.size() < most && inVain < PATIENCE) {
            var next = one(random);
            inVain = fits.test(next) && drawn.add(next) ? 0 : inVain + 1;
        }
        return new ArrayList<>(drawn);
    }

    /** Everything is drawn, fixed or not, so that fixing one thing leaves the others' draws as they are. */
    private TuningSettings one(Random random) {
        double rate = rounded(defaults.learningRate() * Math.pow(RATES, 2 * random.nextDouble() - 1));
        double rankFactor = RANKS[random.nextInt(RANKS.length)];
        int alphaFactor = 1 + random.nextInt(2);
        var targets = TARGETS.get(random.nextInt(TARGETS.size()));
        double batchFactor = BATCHES[random.nextInt(BATCHES.length)];
        double decay = DECAYS[random.nextInt(DECAYS.length)];
        var searched = searched();
        var lora = defaults.lora();
        int rank = searched.contains(Choice.RANK) ? times(lora.rank(), rankFactor) : lora.rank();
        var drawn = defaults.withLora(new LoraSettings(
                rank,
                searched.contains(Choice.ALPHA) ? (double) alphaFactor * rank : lora.alpha(),
                lora.dropout(),
                lora.rankStabilised(),
                lora.magnitudes(),
                searched.contains(Choice.TARGETS) ? targets : lora.targets()));
        if (searched.contains(Choice.LEARNING_RATE)) {
            drawn = drawn.withLearningRate(rate);
        }
        if (searched.contains(Choice.BATCH)) {
            drawn = drawn.withBatch(times(defaults.batch(), batchFactor));
        }
        return searched.contains(Choice.WEIGHT_DECAY) ? drawn.withWeightDecay(decay) : drawn;
    }

    private static int times(int number, double factor) {
        return Math.max(1, (int) Math.round(number * factor));
    }

    /** Three digits, as a person would give it. */
    private static double rounded(double rate) {
        return BigDecimal.valueOf(rate).round(new MathContext(3)).doubleValue();
    }
}
