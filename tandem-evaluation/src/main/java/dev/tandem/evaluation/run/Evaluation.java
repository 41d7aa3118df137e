package dev.tandem.evaluation.run;

import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.strategy.AnswerPerplexity;
import dev.tandem.evaluation.strategy.ExpectedAnswer;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Asks a strategy every question of a test set, one at a time, and measures each answer as it comes. The parts stay the caller's.
 * For one thread.
 */
public final class Evaluation {
    /** So many failures one after the other have one cause, which asking on does not mend. */
    private static final int FAILURES_IN_A_ROW = 10;

    private final EvaluationSettings settings;
    private final Optional<Judge> judge;
    private final SemanticSimilarity similarity;
    private final Rightness rightness;

    /**
     * An evaluation.
     *
     * @param judge of faithfulness and relevancy; without one they are not measured
     * @param similarity of answers to the right ones
     */
    public Evaluation(EvaluationSettings settings, Optional<Judge> judge, SemanticSimilarity similarity) {
        this(settings, judge, similarity, Rightness.CONTAINS);
    }

    /**
     * The same.
     *
     * @param rightness by what answers are right
     */
    public Evaluation(
            EvaluationSettings settings, Optional<Judge> judge, SemanticSimilarity similarity, Rightness rightness) {
        this.rightness = rightness;
        this.settings = settings;
        this.judge = judge;
        this.similarity = similarity;
    }

    /** Where results go, one by one. */
    @FunctionalInterface
    public interface Results {
        /**
         * Takes one.
         *
         * @param position the place of its question in the test set, from 0
         */
        void add(int position, ExampleResult result);
    }

    /** What of the measuring decides the numbers, by name. */
    public Map<String, String> configuration() {
        var configuration = new TreeMap<String, String>();
        configuration.put("evaluation.k", Integer.toString(settings.k()));
        configuration.put("evaluation.repeat", Integer.toString(settings.repeat()));
        configuration.put("evaluation.judge", judge.map(Judge::name).orElse("none"));
        configuration.put("evaluation.similarity", similarity.signature());
        configuration.putAll(rightness.configuration());
        settings.price()
                .ifPresent(price -> configuration.put(
                        "evaluation.price", price.promptPerMillion() + " + " + price.answerPerMillion()));
        return configuration;
    }

    /** Of the bootstrap's draws. */
    public long seed() {
        return settings.seed();
    }

    /**
     * Asks and measures.
     *
     * @param done ids of questions that were asked before
     * @param cancelled asked before each question that is not done
     * @throws MendableException if ten questions in a row could not be answered; what was measured by then is with {@code results}
     */
    public void evaluate(
            TestSet testSet,
            Strategy strategy,
            Set<String> done,
            Results results,
            Progress progress,
            BooleanSupplier cancelled) {
        var measuring = new ExampleMeasuring(settings, judge, similarity, rightness);
        int failed = 0;
        try (var task = progress.start("Evaluating", testSet.cases().size(), "questions")) {
            task.before(done.size());
            for (int i = 0; i < testSet.cases().size(); i++) {
                var testCase = testSet.cases().get(i);
                if (done.contains(testCase.id())) {
                    continue;
                }
                if (cancelled.getAsBoolean()) {
                    return;
                }
                var result = measuring.ask(testCase, strategy);
                results.add(i, result);
                task.step(1);
                failed = result.answer().isPresent() ? 0 : failed + 1;
                if (failed == FAILURES_IN_A_ROW) {
                    throw new MendableException(failed + " questions in a row could not be answered, the last because: "
                            + result.failure().orElse("")
                            + " Mend that and run the same command again: it goes on where it stopped.");
                }
            }
        }
    }

    /** The expected answers of all cases that have one. */
    public static List<ExpectedAnswer> expected(TestSet testSet) {
        return testSet.cases().stream()
                .filter(References::areTold)
                .map(testCase -> new ExpectedAnswer(
                        testCase,
                        References.whole(testCase).stream()
                                .filter(answer -> !answer.isBlank())
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }

    /** The perplexity of expected answers as metrics of a run; of how many there were it says what is missing. */
    public static List<MetricSummary> summaries(AnswerPerplexity perplexity, int expected) {
        int missing = expected - perplexity.answers();
        return List.of(
                new MetricSummary(
                        "perplexity", "all", perplexity.perToken(), Optional.empty(), perplexity.answers(), missing),
                new MetricSummary(
                        "perplexity_per_byte",
                        "all",
                        perplexity.perByte(),
                        Optional.empty(),
                        perplexity.answers(),
                        missing));
    }

    /** The means of results, overall and by type of question, with their intervals. */
    public List<MetricSummary> summaries(List<ExampleResult> results, Strategy strategy) {
        return new Summaries(new Measure.Scope(strategy.retrieves(), judge.isPresent(), rightness, settings))
                .of(results);
    }
}
