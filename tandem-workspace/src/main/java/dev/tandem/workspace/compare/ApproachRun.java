package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.compare.Costs;
import dev.tandem.evaluation.compare.Measured;
import dev.tandem.evaluation.compare.QualityScore;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.ExampleValues;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An approach with the run that measured it.
 *
 * @param name as in reports; with the tuning method where there are several
 * @param run logged in the workspace's store
 * @param examples what there is of them, in the order of the test set
 * @param tuned the tuned model that it uses
 */
public record ApproachRun(
        String name, ApproachKind kind, EvaluationRun run, List<ExampleResult> examples, Optional<Tuned> tuned) {
    public ApproachRun {
        examples = List.copyOf(examples);
    }

    /** What the verdict is reached from. */
    Measured measured(Costs costs) {
        var quality = new HashMap<String, Double>();
        var latency = new HashMap<String, Double>();
        for (var example : examples) {
            example.answer().ifPresent(answer -> {
                QualityScore.of(example.testCase(), answer)
                        .ifPresent(score -> quality.put(example.testCase().id(), score));
                if (QualityScore.isJudged(example.testCase())) {
                    ExampleValues.of(example, "accuracy")
                            .ifPresent(score -> quality.put(example.testCase().id(), score));
                }
                latency.put(example.testCase().id(), answer.timings().getOrDefault("total", 0.0));
            });
        }
        return new Measured(name, kind, quality, latency, costs, attribution());
    }

    /** The score of each case that has one. */
    public Map<String, Double> scores() {
        return measured(Costs.UNKNOWN).quality();
    }

    /** The share of answers, without those declined, that cite a source; empty if all were declined. */
    private Optional<Double> attribution() {
        var given = examples.stream()
                .flatMap(example -> example.answer().stream())
                .filter(answer -> !answer.abstained())
                .toList();
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of(given.stream()
                                .filter(answer -> !answer.citations().isEmpty())
                                .count()
                        / (double) given.size());
    }

    /** Milliseconds within which a share of the answers came, the nearest of those measured; empty without answers. */
    public OptionalDouble latency(double share) {
        double[] sorted = examples.stream()
                .flatMap(example -> example.answer().stream())
                .mapToDouble(answer -> answer.timings().getOrDefault("total", 0.0))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
    }

    /** Tokens that its language model reads and writes for an answer, on average; empty without answers. */
    public OptionalDouble tokens() {
        return examples.stream()
                .flatMap(example -> example.answer().stream())
                .mapToDouble(ApproachRun::tokens)
                .average();
    }

    private static double tokens(StrategyAnswer answer) {
        return (double) answer.promptTokens() + answer.answerTokens();
    }
}
