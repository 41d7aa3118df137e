package dev.tandem.decoder.adapter;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an adapter is, as PEFT's adapter_config.json says it; {@link AdapterConfigFile} reads and writes it. */
public sealed interface AdapterConfig {
    /** The model it was trained on, a name or a folder; empty if unknown. */
    String base();

    /** The same with another name for the base. */
    AdapterConfig withBase(String base);

    /**
     * Low-rank updates of linear layers.
     *
     * @param rank of the updates, unless {@code rankPattern} says another for a layer
     * @param alpha their strength, unless {@code alphaPattern} says another
     * @param dropout share of the inputs left out while training
     * @param rankStabilised whether an update is scaled by {@code alpha / sqrt(rank)} instead of {@code alpha / rank}
     * @param magnitudes whether the rows' lengths are learned apart (DoRA)
     * @param targets the last parts of layers' names, or one regular expression for whole names, or {@code all-linear}
     * @param rankPattern ranks by the last parts of names, or regular expressions for them
     * @param alphaPattern alphas in the same way
     */
    record Lora(
            String base,
            int rank,
            double alpha,
            double dropout,
            boolean rankStabilised,
            boolean magnitudes,
            List<String> targets,
            Map<String, Integer> rankPattern,
            Map<String, Double> alphaPattern)
            implements AdapterConfig {
        public Lora {
            targets = List.copyOf(targets);
            rankPattern = Map.copyOf(rankPattern);
            alphaPattern = Map.copyOf(alphaPattern);
        }

        @Override
        public Lora withBase(String name) {
            return new Lora(name, rank, alpha, dropout, rankStabilised, magnitudes, targets, rankPattern, alphaPattern);
        }

        /** What {@code B A x} is multiplied by in a layer. */
        public double scale(String layer) {
            double rank = matching(layer, rankPattern, this.rank);
            double alpha = matching(layer, alphaPattern, this.alpha);
            return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
        }

        /** The rank of a layer's update. */
        public int rank(String layer) {
            return matching(layer, rankPattern, rank);
        }

        private static <T> T matching(String layer, Map<String, T> patterns, T otherwise) {
            return patterns.entrySet().stream()
                    .filter(entry -> Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", layer))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    /**
     * Learned vectors before every text.
     *
     * @param tokens how many virtual tokens
     * @param dimension numbers each, the model's hidden size
     * @param heads attention heads of the base
     * @param layers blocks of the base
     * @param initialText what the virtual tokens began as; empty for random
     */
    record Prompt(String base, int tokens, int dimension, int heads, int layers, String initialText)
            implements AdapterConfig {
        @Override
        public Prompt withBase(String name) {
            return new Prompt(name, tokens, dimension, heads, layers, initialText);
        }
    }
}
