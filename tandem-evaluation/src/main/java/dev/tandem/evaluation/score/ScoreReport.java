package dev.tandem.evaluation.score;

import dev.tandem.evaluation.testset.AnswerPairs;
import java.util.List;

/**
 * What came of scoring.
 *
 * @param scores one a metric, in the order that was asked for
 */
public record ScoreReport(AnswerPairs pairs, List<MetricScore> scores) {
    public ScoreReport {
        scores = List.copyOf(scores);
    }

    /** Pairs whose references are all blank: only a blank prediction agrees with them. */
    public long blankReferences() {
        return pairs.pairs().stream()
                .filter(pair -> !pair.references().isEmpty())
                .filter(pair -> pair.references().stream().allMatch(String::isBlank))
                .count();
    }

    /** Whether every id was in both files and every value could be told. */
    public boolean isComplete() {
        return pairs.withoutPrediction().isEmpty()
                && pairs.withoutReference().isEmpty()
                && scores.stream().allMatch(score -> score.missing() == 0);
    }
}
