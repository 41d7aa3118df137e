package dev.tandem.evaluation.cost;

import dev.tandem.foundation.MendableException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of the work; what is not, the price book assumes.
 *
 * @param tokensPerQuery read and written by the model for one answer
 * @param documents in the index
 * @param gigabytes of the index
 * @param trainingSeconds one training took, with {@code method}
 * @param hardwarePrice of an hour of the machine that trains, in the book's currency
 * @param method that the training used
 * @param trainings until an adapter goes live
 * @param inProcess services that are not paid for, since their work is done in Tandem's own process
 */
public record Workload(
        OptionalDouble tokensPerQuery,
        OptionalLong documents,
        OptionalDouble gigabytes,
        OptionalDouble trainingSeconds,
        OptionalDouble hardwarePrice,
        Optional<TuningMethod> method,
        OptionalLong trainings,
        Set<PriceName> inProcess) {
    /** Nothing measured. */
    public static final Workload UNKNOWN = new Workload(
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Set.of());

    private static final double MOST = 1e12;

    public Workload {
        inProcess = Set.copyOf(inProcess);
        check("Tokens per query", tokensPerQuery);
        check("Gigabytes of storage", gigabytes);
        check("Training seconds", trainingSeconds);
        check("The price of an hour of hardware", hardwarePrice);
        check("Documents", asDouble(documents));
        check("Trainings", asDouble(trainings));
        if (trainingSeconds.isEmpty() && (hardwarePrice.isPresent() || trainings.isPresent() || method.isPresent())) {
            throw new MendableException("A method, its trainings and the price of hardware say nothing without the time"
                    + " of one training: add --training-seconds, which `tandem tune` reports, or --run FOLDER.");
        }
    }

    private static OptionalDouble asDouble(OptionalLong number) {
        return number.isPresent() ? OptionalDouble.of((double) number.getAsLong()) : OptionalDouble.empty();
    }

    private static void check(String what, OptionalDouble number) {
        if (number.isPresent() && !(number.getAsDouble() >= 0 && number.getAsDouble() <= MOST)) {
            throw new MendableException(what + " must be a number from 0 to 1e12, not " + number.getAsDouble() + ".");
        }
    }
}
