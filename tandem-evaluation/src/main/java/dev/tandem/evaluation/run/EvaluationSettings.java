package dev.tandem.evaluation.run;

import java.util.Optional;

/**
 * How a run measures.
 *
 * @param k how many documents or passages the measures at a cutoff look at, at least 1
 * @param repeat how often each question is asked, at least 1; from 2 on consistency is measured
 * @param seed of the bootstrap's draws
 * @param price of a language model's tokens; without one, what a model cost is missing
 */
public record EvaluationSettings(int k, int repeat, long seed, Optional<Price> price) {
    /** Five passages, each question once. */
    public static final EvaluationSettings DEFAULT = new EvaluationSettings(5, 1, 20_261_126, Optional.empty());

    public EvaluationSettings {
        if (k < 1 || repeat < 1) {
            throw new IllegalArgumentException("k and repeat are at least 1: " + k + ", " + repeat);
        }
    }
}
