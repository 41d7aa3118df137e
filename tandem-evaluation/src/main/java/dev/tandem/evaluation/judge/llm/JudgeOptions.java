package dev.tandem.evaluation.judge.llm;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a language model is asked for its judgement.
 *
 * @param metrics what is judged, at least one
 * @param questions how many questions are made of an answer for its relevancy, at least 1; Ragas calls it strictness
 * @param retries how often a request is made again after a reply that cannot be used or a failure that may pass, at least 0
 * @param timeout how long a request may take as a whole
 * @param pause how long is waited before the first repetition of a request that failed; each further wait is three times as
 *     long
 * @param seed sent where the protocol knows one
 */
public record JudgeOptions(
        Set<JudgedMetric> metrics, int questions, int retries, Duration timeout, Duration pause, int seed) {
    public static final JudgeOptions DEFAULT =
            new JudgeOptions(EnumSet.allOf(JudgedMetric.class), 3, 2, Duration.ofMinutes(2), Duration.ofSeconds(4), 17);

    public JudgeOptions {
        metrics = Set.copyOf(metrics);
        if (metrics.isEmpty() || questions < 1 || retries < 0 || !timeout.isPositive() || pause.isNegative()) {
            throw new IllegalArgumentException("No judge can be asked so: " + metrics + ", " + questions
                    + " questions, " + retries + " retries, " + timeout + ", " + pause);
        }
    }

    /** The same with other metrics. */
    public JudgeOptions withMetrics(Set<JudgedMetric> some) {
        return new JudgeOptions(some, questions, retries, timeout, pause, seed);
    }

    /** The same with other patience. */
    public JudgeOptions withPatience(int moreRetries, Duration longest) {
        return new JudgeOptions(metrics, questions, moreRetries, longest, pause, seed);
    }
}
