package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.Constraints;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.tuning.training.TuningSettings.Method;
import dev.tandem.workspace.strategy.HybridOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is compared, and how.
 *
 * @param testSet the questions, as they were read once
 * @param training examples to tune on; without them nothing is tuned
 * @param base the folder of the untouched language model
 * @param adapter what was tuned before, in place of a tuning
 * @param methods of tuning; each is an approach of its own, the hybrid takes the first
 * @param strategies names of {@link dev.tandem.workspace.strategy.Approaches}, in the order in which they are shown
 * @param shots training examples that few-shot shows
 * @param hybrid how a hybrid with a prompt of the user's own goes about it
 * @param budget how long measuring may take; what it does not suffice for is left out
 * @param queries a month, for costs; as the price book assumes unless given
 * @param allowLeakage whether to go on though the training examples give test cases away
 * @param freshFact whether one document is edited in a copy, to see how long each approach takes to know it
 * @param anew whether runs that are finished already are made again
 * @param seed of everything drawn at random
 */
public record ComparisonRequest(
        TestSet testSet,
        Optional<Path> training,
        Path base,
        Optional<Path> adapter,
        List<Method> methods,
        List<String> strategies,
        int shots,
        HybridOptions hybrid,
        Optional<Duration> budget,
        Constraints constraints,
        PriceBook prices,
        OptionalLong queries,
        boolean allowLeakage,
        boolean freshFact,
        boolean anew,
        long seed,
        String tandemVersion) {
    public ComparisonRequest {
        methods = List.copyOf(methods);
        strategies = List.copyOf(strategies);
    }
}
