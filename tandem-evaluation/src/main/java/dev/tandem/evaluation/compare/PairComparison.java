package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.Optional;

/**
 * Two approaches on the cases that both have a score for.
 *
 * @param type the question type; empty for all
 * @param units independent parts among the cases: clusters where there are any
 * @param difference mean score of the first less that of the second
 * @param interval its 95% interval, for this comparison alone
 * @param deviation standard deviation of a case's difference, with what clusters add
 * @param firstAhead cases on which the first scored higher
 * @param secondAhead cases on which the second scored higher
 * @param pValue two-sided
 * @param adjustedPValue after Holm's correction over all comparisons of the report
 * @param level at which it would be tested next, with those already found taken out
 */
public record PairComparison(
        String first,
        String second,
        Optional<QuestionType> type,
        int cases,
        int units,
        double difference,
        Interval interval,
        double deviation,
        int firstAhead,
        int secondAhead,
        Test test,
        double pValue,
        double adjustedPValue,
        double level) {
    /** The wrong calls allowed over a whole report. */
    public static final double LEVEL = 0.05;

    /** How it was tested. */
    public enum Test {
        MCNEMAR("exact McNemar"),
        SIGN_FLIP("sign-flip permutation");

        private final String label;

        Test(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Whether the data tell the two apart. */
    public boolean significant() {
        return adjustedPValue <= LEVEL;
    }

    PairComparison corrected(double adjusted, double nextLevel) {
        return new PairComparison(
                first,
                second,
                type,
                cases,
                units,
                difference,
                interval,
                deviation,
                firstAhead,
                secondAhead,
                test,
                pValue,
                adjusted,
                nextLevel);
    }

    /** The same with the approach named first. */
    PairComparison seenFrom(String approach) {
        return approach.equals(first)
                ? this
                : new PairComparison(
                        /* first= */ second,
                        /* second= */ first,
                        type,
                        cases,
                        units,
                        -difference,
                        interval.negated(),
                        deviation,
                        /* firstAhead= */ secondAhead,
                        /* secondAhead= */ firstAhead,
                        test,
                        pValue,
                        adjustedPValue,
                        level);
    }
}
