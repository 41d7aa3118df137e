package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.compare.statistics.MeanIntervals;
import dev.tandem.evaluation.compare.statistics.Sample;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An approach's mean score.
 *
 * @param type the question type it is taken over; empty for all
 * @param interval 95%
 * @param cases that have a score
 * @param missing cases that other approaches have a score for and this one has not
 */
public record ScoreSummary(
        String approach, Optional<QuestionType> type, double mean, Interval interval, int cases, int missing) {

    /** The mean over all cases of an approach that has a score. */
    public static ScoreSummary overall(Measurements measurements, String approach) {
        return of(measurements, measurements.approach(approach), Optional.empty())
                .orElseThrow();
    }

    /** Empty if it has no score there. */
    static Optional<ScoreSummary> of(Measurements measurements, Measured measured, Optional<QuestionType> type) {
        return of(measurements, measured, types(type)).map(summary -> summary.named(type));
    }

    /** Over several types; empty if it has no score there. */
    static Optional<ScoreSummary> of(Measurements measurements, Measured measured, Set<QuestionType> types) {
        List<ComparedCase> reached = measurements.reached(types);
        List<ComparedCase> scored = reached.stream()
                .filter(testCase -> measured.quality().containsKey(testCase.id()))
                .toList();
        if (scored.isEmpty()) {
            return Optional.empty();
        }
        Sample sample = CaseSample.of(scored, testCase -> CaseSample.score(measured, testCase));
        return Optional.of(new ScoreSummary(
                measured.approach(),
                Optional.empty(),
                sample.mean(),
                MeanIntervals.ofScores(sample, measurements.binary()),
                scored.size(),
                reached.size() - scored.size()));
    }

    private ScoreSummary named(Optional<QuestionType> ofType) {
        return new ScoreSummary(approach, ofType, mean, interval, cases, missing);
    }

    static Set<QuestionType> types(Optional<QuestionType> type) {
        return type.<Set<QuestionType>>map(EnumSet::of).orElse(EnumSet.allOf(QuestionType.class));
    }
}
