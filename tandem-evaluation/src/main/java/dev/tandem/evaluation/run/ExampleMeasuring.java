package dev.tandem.evaluation.run;

import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.metric.AnswerMetrics;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One question asked, and its answer measured. What fails is told and left out, and fails nothing else. */
record ExampleMeasuring(
        EvaluationSettings settings, Optional<Judge> judge, SemanticSimilarity similarity, Rightness rightness) {
    ExampleResult ask(TestCase testCase, Strategy strategy) {
        var answers = new ArrayList<StrategyAnswer>();
        try {
            for (int i = 0; i < settings.repeat(); i++) {
                answers.add(strategy.answer(testCase));
            }
        } catch (MendableException e) {
            return new ExampleResult(
                    testCase, Optional.empty(), Optional.of(String.valueOf(e.getMessage())), Map.of(), List.of());
        }
        return measure(testCase, answers, strategy.retrieves());
    }

    /** The first answer is measured, the others are compared with it and with each other. */
    private ExampleResult measure(TestCase testCase, List<StrategyAnswer> answers, boolean retrieves) {
        var answer = answers.getFirst();
        var values = new EnumMap<Measure, Double>(Measure.class);
        var ground = new GroundMeasures(settings.k());
        values.putAll(new AnswerMeasures(similarity).of(testCase, answer));
        values.putAll(ground.answer(testCase, answer));
        values.put(Measure.LATENCY, answer.timings().getOrDefault("total", 0.0));
        values.put(Measure.PROMPT_TOKENS, (double) answer.promptTokens());
        values.put(Measure.ANSWER_TOKENS, (double) answer.answerTokens());
        cost(answer).ifPresent(cost -> values.put(Measure.COST, cost));
        if (answers.size() > 1) {
            consistency(answers, values);
        }
        var unsupported = List.<String>of();
        var failure = Optional.<String>empty();
        try {
            rightness.value(testCase, answer).ifPresent(value -> values.put(Measure.ACCURACY, value));
        } catch (MendableException e) {
            failure = Optional.of("Whether it is right could not be judged: " + e.getMessage());
        }
        if (retrieves) {
            values.putAll(ground.retrieval(testCase, answer));
            try {
                unsupported = judge(testCase, answer, values);
            } catch (MendableException e) {
                failure = Optional.of("The judge failed: " + e.getMessage());
            }
        } else {
            // Without documents there is nothing that could be cited or not.
            values.remove(Measure.CITATION_PRECISION);
            values.remove(Measure.CITATION_RECALL);
        }
        return new ExampleResult(testCase, Optional.of(answer), failure, named(values), unsupported);
    }

    private Optional<Double> cost(StrategyAnswer answer) {
        if (answer.promptTokens() + answer.answerTokens() == 0) {
            return Optional.of(0.0);
        }
        return settings.price().map(price -> price.of(answer.promptTokens(), answer.answerTokens()));
    }

    private static void consistency(List<StrategyAnswer> answers, Map<Measure, Double> values) {
        double f1 = 0;
        double exact = 0;
        int pairs = 0;
        for (int i = 0; i < answers.size(); i++) {
            for (int j = i + 1; j < answers.size(); j++) {
                var agreement = AnswerMetrics.of(
                        AnswerMeasures.said(answers.get(i)), List.of(AnswerMeasures.said(answers.get(j))));
                f1 += agreement.f1();
                exact += agreement.exactMatch();
                pairs++;
            }
        }
        values.put(Measure.CONSISTENCY, f1 / pairs);
        values.put(Measure.CONSISTENCY_EXACT, exact / pairs);
    }

    /** @return the answer's unsupported sentences */
    private List<String> judge(TestCase testCase, StrategyAnswer answer, Map<Measure, Double> values) {
        var context = answer.passages().stream()
                .map(FoundPassage::text)
                .filter(Exchange::says)
                .toList();
        if (judge.isEmpty() || context.isEmpty()) {
            return List.of();
        }
        var judgement =
                judge.get().judge(new Exchange(context, AnswerMeasures.said(answer), Optional.of(testCase.question())));
        judgement.contextRelevancy().ifPresent(value -> values.put(Measure.CONTEXT_RELEVANCY, value));
        if (answer.abstained()) {
            return List.of();
        }
        judgement.answerRelevancy().ifPresent(value -> values.put(Measure.ANSWER_RELEVANCY, value));
        judgement.faithfulness().ifPresent(value -> {
            values.put(Measure.FAITHFULNESS, value);
            values.put(Measure.HALLUCINATION_RATE, judgement.unsupported().isEmpty() ? 0.0 : 1.0);
        });
        return judgement.unsupported();
    }

    private Map<String, Double> named(Map<Measure, Double> values) {
        var named = new HashMap<String, Double>();
        values.forEach((measure, value) -> {
            if (Double.isFinite(value)) {
                named.put(measure.label(settings), value);
            }
        });
        return named;
    }
}
