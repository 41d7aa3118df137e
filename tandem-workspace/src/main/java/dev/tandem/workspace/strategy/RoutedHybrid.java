package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.AnswerPerplexity;
import dev.tandem.evaluation.strategy.ExpectedAnswer;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Documents and a tuned model side by side, where the model cannot read passages: prompts of the kind that it was tuned on are its
 * own, see {@link TrainingPrompts#isOfTheirKind}; the documents answer all else. The stages of an answer tell which way it went:
 * {@code model} or {@code search}. Owns both.
 */
final class RoutedHybrid implements Strategy {
    private final TrainingPrompts prompts;
    private final Strategy model;
    private final Strategy documents;
    private final Map<String, String> configuration;

    RoutedHybrid(TrainingPrompts prompts, String trainingHash, Strategy model, Strategy documents) {
        this.prompts = prompts;
        this.model = model;
        this.documents = documents;
        configuration = new TreeMap<>(documents.configuration());
        model.configuration().forEach((name, value) -> configuration.put("tuned." + name, value));
        configuration.put("hybrid", "routed");
        configuration.put("hybrid.threshold", String.format(Locale.ROOT, "%.6f", prompts.threshold()));
        configuration.put("training.hash", trainingHash);
    }

    @Override
    public String name() {
        return Approaches.HYBRID;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        long began = System.nanoTime();
        boolean tuned = prompts.isOfTheirKind(testCase.question());
        double routing = (System.nanoTime() - began) / 1e6;
        var answer = (tuned ? model : documents).answer(testCase);
        var timings = new HashMap<>(answer.timings());
        timings.put("route", routing);
        timings.merge("total", routing, Double::sum);
        return new StrategyAnswer(
                answer.text(),
                answer.abstained(),
                answer.citations(),
                answer.passages(),
                timings,
                answer.promptTokens(),
                answer.answerTokens());
    }

    @Override
    public Optional<AnswerPerplexity> perplexity(List<ExpectedAnswer> answers, Progress progress) {
        return model.perplexity(
                answers.stream()
                        .filter(answer ->
                                prompts.isOfTheirKind(answer.testCase().question()))
                        .toList(),
                progress);
    }

    @Override
    public void close() {
        try {
            model.close();
        } finally {
            documents.close();
        }
    }
}
