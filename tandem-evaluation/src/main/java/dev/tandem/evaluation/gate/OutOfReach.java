package dev.tandem.evaluation.gate;

import dev.tandem.evaluation.gate.Threshold.Bound;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Thresholds that would fail whatever the system did, because of the test set or of the judge: a check that cannot pass says as
 * little as one that cannot fail.
 */
final class OutOfReach {
    private static final String PRECISION = "precision@";

    private OutOfReach() {}

    /** Why a threshold cannot be kept by any system; empty if it can. */
    static Optional<String> of(Threshold threshold, EvaluationRun run, List<ExampleResult> examples) {
        if (threshold.bound() != Bound.MIN) {
            return Optional.empty();
        }
        if (threshold.metric().startsWith(PRECISION)) {
            return precision(threshold, examples);
        }
        boolean published = GateSettings.DEFAULTS.thresholds().contains(threshold);
        boolean embedded =
                run.configuration().getOrDefault("evaluation.judge", "").startsWith("embedded");
        return threshold.metric().equals("context_relevancy") && published && embedded
                ? Optional.of(
                        "the usual range is that of judges that are language models, and the embedded judge's values lie far"
                                + " below it; set a threshold of your own in gate.yaml, from a run that you find good")
                : Optional.empty();
    }

    private static Optional<String> precision(Threshold threshold, List<ExampleResult> examples) {
        int k = Integer.parseInt(threshold.metric().substring(PRECISION.length()));
        var best = examples.stream()
                .map(ExampleResult::testCase)
                .filter(testCase -> !testCase.documents().isEmpty())
                .filter(testCase ->
                        threshold.type().equals("all") || testCase.type().key().equals(threshold.type()))
                .mapToDouble(
                        testCase -> Math.min(1, (double) testCase.documents().size() / k))
                .average();
        return best.isPresent() && best.getAsDouble() < threshold.value()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "no ranking can reach it, since so few documents answer a question here that %.3f is the most; ask for"
                                + " passage_%s in gate.yaml, or for less",
                        best.getAsDouble(),
                        threshold.metric()))
                : Optional.empty();
    }
}
