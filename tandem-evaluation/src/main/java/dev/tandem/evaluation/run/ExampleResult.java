package dev.tandem.evaluation.run;

import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.TestCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has for one question.
 *
 * @param answer empty if it failed
 * @param failure why it failed, as a sentence
 * @param metrics values by name; what could not be measured is not in it
 * @param unsupported the answer's sentences that the judge found no support for
 */
public record ExampleResult(
        TestCase testCase,
        Optional<StrategyAnswer> answer,
        Optional<String> failure,
        Map<String, Double> metrics,
        List<String> unsupported) {
    public ExampleResult {
        metrics = Map.copyOf(metrics);
        unsupported = List.copyOf(unsupported);
    }
}
