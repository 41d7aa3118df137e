package dev.tandem.evaluation.advice;

import dev.tandem.foundation.MendableException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a team has answered; empty where it has not.
 *
 * @param latencyMs how long an answer may take, at least 1
 * @param budget for setting up, from 0
 * @param examples to learn from, from 0
 * @param industry whose preset answers what is empty
 */
public record Answers(
        Optional<Boolean> knowledgeChanges,
        Optional<Boolean> newBehaviour,
        Optional<Boolean> attribution,
        OptionalInt latencyMs,
        OptionalDouble budget,
        OptionalInt examples,
        Optional<Industry> industry) {
    /** Nothing answered. */
    public static final Answers NONE = new Answers(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            Optional.empty());

    public Answers {
        if (latencyMs.orElse(1) < 1) {
            throw new MendableException("--latency-ms must be at least 1 millisecond, not " + latencyMs.getAsInt()
                    + ": leave it out if answers may take their time.");
        }
        if (!(budget.orElse(0) >= 0 && budget.orElse(0) < Double.POSITIVE_INFINITY)) {
            throw new MendableException(
                    "--budget must be an amount of money from 0 on, not " + budget.getAsDouble() + ".");
        }
        if (examples.orElse(0) < 0) {
            throw new MendableException("--examples must be a number from 0 on, not " + examples.getAsInt() + ".");
        }
    }
}
