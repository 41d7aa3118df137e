package dev.tandem.evaluation.compare;

import static dev.tandem.evaluation.compare.Simulated.cases;
import static dev.tandem.evaluation.compare.Simulated.everywhere;
import static dev.tandem.evaluation.compare.Simulated.measured;
import static dev.tandem.evaluation.compare.Simulated.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.compare.Constraints.Margins;
import dev.tandem.evaluation.compare.Verdict.Outcome;
import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.compare.statistics.McNemar;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final List<ComparedCase> CASES = cases(100);

    @Test
    void whoIsSignificantlyBetterThanAllWinsOnQuality() {
        Verdict verdict = Verdict.of(
                Simulated.of(
                        CASES,
                        measured("base", right(CASES, 0, 40)),
                        measured("rag", right(CASES, 0, 80)),
                        measured("hybrid", right(CASES, 0, 95))),
                Constraints.NONE);

        assertThat(verdict.outcome()).isEqualTo(Outcome.QUALITY);
        assertThat(verdict.winner()).contains("hybrid");
        assertThat(verdict.leading()).containsExactly("hybrid");
        assertThat(verdict.examplesNeeded()).isEmpty();
        PairComparison pair =
                verdict.comparisons().between("hybrid", "rag", Optional.empty()).orElseThrow();
        assertThat(pair.test()).isEqualTo(PairComparison.Test.MCNEMAR);
        assertThat(pair.pValue()).isEqualTo(McNemar.pValue(15, 0));
        assertThat(pair.difference()).isCloseTo(0.15, within(1e-12));
        assertThat(sentences(verdict))
                .contains("hybrid wins on quality")
                .contains("hybrid is better than rag by 15.0 points [");
    }

    @Test
    void everySentenceHasItsNumbersWithAnIntervalOrASource() {
        Verdict verdict = Verdict.of(
                Simulated.of(CASES, measured("rag", right(CASES, 0, 80)), measured("hybrid", right(CASES, 4, 86))),
                Constraints.NONE);

        assertThat(verdict.evidence()).isNotEmpty().allSatisfy(evidence -> {
            assertThat(evidence.figures()).as(evidence.sentence()).isNotEmpty();
            assertThat(evidence.figures())
                    .allSatisfy(figure -> assertThat(figure.source()).isNotBlank());
        });
    }

    @Test
    void aSmallGapIsNotToldApartAndTheExamplesNeededAreSaid() {
        Verdict verdict = Verdict.of(
                Simulated.of(CASES, measured("rag", right(CASES, 0, 80)), measured("hybrid", right(CASES, 4, 86))),
                Constraints.NONE);

        assertThat(verdict.outcome()).isEqualTo(Outcome.CANNOT_TELL);
        assertThat(verdict.winner()).isEmpty();
        assertThat(verdict.bestGuess()).isEqualTo("hybrid");
        assertThat(verdict.leading()).containsExactly("hybrid", "rag");
        // 6 and 4 of 100, one test at 5%: statsmodels' and G*Power's approximations give about 1,960.
        ExamplesNeeded needed = verdict.examplesNeeded().orElseThrow();
        assertThat(needed.examples().orElseThrow()).isBetween(1_900, 2_150);
        assertThat(needed.more()).contains(needed.examples().orElseThrow() - 100);
        assertThat(needed.atLeast().orElseThrow()).isLessThan(needed.examples().orElseThrow());
        assertThat(sentences(verdict)).contains("The data cannot tell hybrid and rag apart on quality");
    }

    @Test
    void whoBreaksAConstraintIsOutAndItIsSaid() {
        Constraints constraints = new Constraints(
                Optional.of(500.0), Optional.of(100.0), Optional.empty(), Optional.of(0.9), Margins.DEFAULT);
        Verdict verdict = Verdict.of(
                Simulated.of(
                        CASES,
                        measured("slow", right(CASES, 0, 90), everywhere(CASES, 400), 50),
                        measured("dear", right(CASES, 0, 80), everywhere(CASES, 100), 150),
                        measured("kept", right(CASES, 0, 40), everywhere(CASES, 100), 50)),
                constraints);

        assertThat(verdict.outcome()).isEqualTo(Outcome.ONLY_ONE_LEFT);
        assertThat(verdict.winner()).contains("kept");
        assertThat(sentences(verdict))
                .contains("slow is out: 95 of 100 answers take up to 760 ms, and at most 500 ms is allowed.")
                .contains("dear is out: it costs $150 a month, and the budget is $100.")
                .contains("The share of answers with a source of kept is not known");
    }

    @Test
    void ifNoneKeepsTheConstraintsNoneWinsAndTheBestGuessIsStillNamed() {
        Constraints constraints = new Constraints(
                Optional.empty(), Optional.of(1.0), Optional.empty(), Optional.empty(), Margins.DEFAULT);
        Verdict verdict = Verdict.of(
                Simulated.of(
                        CASES,
                        measured("rag", right(CASES, 0, 40), everywhere(CASES, 9), 50),
                        measured("hybrid", right(CASES, 0, 80), everywhere(CASES, 9), 50)),
                constraints);

        assertThat(verdict.outcome()).isEqualTo(Outcome.NONE_LEFT);
        assertThat(verdict.winner()).isEmpty();
        assertThat(verdict.bestGuess()).isEqualTo("hybrid");
    }

    @Test
    void costDecidesBetweenThoseThatQualityDoesNotTellApart() {
        Verdict verdict = Verdict.of(tied(100, 100, 100, 70), Constraints.NONE);

        assertThat(verdict.outcome()).isEqualTo(Outcome.COST);
        assertThat(verdict.winner()).contains("cheap");
        assertThat(verdict.bestGuess()).isEqualTo("best");
        assertThat(sentences(verdict))
                .contains("cheap wins on cost: the data cannot tell best and cheap apart on quality")
                .contains("cheap costs $70 a month, against $100 for best");
    }

    @Test
    void latencyDecidesWhereCostsAreAlike() {
        Verdict verdict = Verdict.of(tied(300, 100, 100, 95), Constraints.NONE);

        assertThat(verdict.outcome()).isEqualTo(Outcome.LATENCY);
        assertThat(verdict.winner()).contains("cheap");
        assertThat(sentences(verdict)).contains("cheap takes 33% [33%, 33%] of the time of best");
    }

    @Test
    void neitherDecidesIfTheySpeakForDifferentApproachesOrDifferTooLittle() {
        Verdict opposed = Verdict.of(tied(100, 300, 100, 70), Constraints.NONE);
        assertThat(opposed.outcome()).isEqualTo(Outcome.CANNOT_TELL);
        assertThat(sentences(opposed)).contains("Cost and latency speak for different approaches");
        assertThat(Verdict.of(tied(100, 95, 100, 95), Constraints.NONE).outcome())
                .isEqualTo(Outcome.CANNOT_TELL);
    }

    @Test
    void cheapnessDoesNotWinForWhoWasMeasuredFarBehind() {
        List<ComparedCase> few = cases(12);
        Verdict verdict = Verdict.of(
                Simulated.of(
                        few,
                        measured("good", right(few, 0, 10), everywhere(few, 9), 100),
                        measured("cheap", right(few, 0, 6), everywhere(few, 9), 1)),
                Constraints.NONE);

        assertThat(verdict.outcome()).isEqualTo(Outcome.CANNOT_TELL);
        assertThat(verdict.bestGuess()).isEqualTo("good");
        assertThat(sentences(verdict)).contains("cheap was measured 33.3 points behind the best");
    }

    @Test
    void resultsByQuestionTypeSayWhereEachIsBetter() {
        List<ComparedCase> changed = cases(40, QuestionType.CHANGED, "changed");
        List<ComparedCase> style = cases(40, QuestionType.STYLE, "style");
        List<ComparedCase> unanswerable = cases(6, QuestionType.UNANSWERABLE, "none");
        List<ComparedCase> all = joined(List.of(changed, style, unanswerable));
        Map<String, Double> rag = new HashMap<>(right(changed, 0, 36));
        rag.putAll(right(style, 0, 8));
        rag.putAll(right(unanswerable, 0, 5));
        Map<String, Double> tuned = new HashMap<>(right(changed, 0, 4));
        tuned.putAll(right(style, 0, 37));
        tuned.putAll(right(unanswerable, 0, 2));
        Verdict verdict =
                Verdict.of(Simulated.of(all, measured("rag", rag), measured("fine-tuned", tuned)), Constraints.NONE);

        assertThat(sentences(verdict))
                .contains(
                        "On questions whose answer changed since training, rag (0.900) is better than fine-tuned by 80.0 points")
                .contains("On questions of style and format, fine-tuned (0.925) is better than rag by 72.5 points")
                .contains("6 cases are too few to test");
        assertThat(verdict.comparisons().pairs()).hasSize(3);
    }

    @Test
    void aWinnerWhoseMissingAnswersCouldTurnItIsNotDeclared() {
        Map<String, Double> partly = new HashMap<>(right(CASES, 0, 50));
        CASES.stream().skip(55).forEach(testCase -> partly.remove(testCase.id()));
        Verdict verdict = Verdict.of(
                Simulated.of(CASES, measured("partly", partly), measured("whole", right(CASES, 25, 80))),
                Constraints.NONE);

        assertThat(verdict.comparisons()
                        .between("partly", "whole", Optional.empty())
                        .orElseThrow()
                        .significant())
                .isTrue();
        assertThat(verdict.outcome()).isEqualTo(Outcome.CANNOT_TELL);
        assertThat(verdict.bestGuess()).isEqualTo("partly");
        assertThat(sentences(verdict))
                .contains("partly lacks 45 answers; if they count as wrong, whole is not behind it");
    }

    @Test
    void anApproachThatFailedIsOutAndTheRestIsJudged() {
        Verdict verdict = Verdict.of(
                Simulated.of(
                        CASES,
                        measured("failed", Map.of()),
                        measured("rag", right(CASES, 0, 40)),
                        measured("hybrid", right(CASES, 0, 80))),
                Constraints.NONE);

        assertThat(verdict.winner()).contains("hybrid");
        assertThat(sentences(verdict)).contains("failed is out: it has no score for any case.");
        assertThatThrownBy(() -> Verdict.of(
                        Simulated.of(CASES, measured("a", Map.of()), measured("b", Map.of())), Constraints.NONE))
                .isInstanceOf(MendableException.class);
    }

    @Test
    void casesOfOneDocumentCountAsOneInTestAndInterval() {
        List<ComparedCase> clustered = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clustered.add(new ComparedCase("c" + i, QuestionType.ANSWERABLE, Optional.of("document " + i / 20)));
        }
        Measured better = measured("better", right(clustered, 0, 60));
        Measured worse = measured("worse", right(clustered, 0, 40));
        PairComparison alone = only(Simulated.of(CASES, better, worse));
        PairComparison together = only(Simulated.of(clustered, better, worse));

        assertThat(alone.significant()).isTrue();
        assertThat(together.test()).isEqualTo(PairComparison.Test.SIGN_FLIP);
        assertThat(together.units()).isEqualTo(5);
        assertThat(together.pValue()).isEqualTo(1); // one document of five differs
        assertThat(width(together.interval())).isGreaterThan(2 * width(alone.interval()));
    }

    @Test
    void measurementsThatDoNotBelongTogetherAreRefused() {
        Measured rag = measured("rag", right(CASES, 0, 40));

        assertThatThrownBy(() -> Simulated.of(CASES, rag))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("2 to 8");
        assertThatThrownBy(() -> Simulated.of(CASES, rag, rag)).hasMessageContaining("rag is there twice");
        assertThatThrownBy(() -> Simulated.of(cases(10), rag, measured("base", Map.of())))
                .hasMessageContaining("not in the test set");
        assertThatThrownBy(() -> measured("rag", Map.of("c1", 40.0))).hasMessageContaining("scores from 0 to 1");
    }

    private static PairComparison only(Measurements measurements) {
        return Comparisons.of(measurements).pairs().getFirst();
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }

    /** Two that quality does not tell apart. */
    private static Measurements tied(double bestMs, double cheapMs, double bestCost, double cheapCost) {
        return Simulated.of(
                CASES,
                measured("best", right(CASES, 0, 80), everywhere(CASES, bestMs), bestCost),
                measured("cheap", right(CASES, 2, 80), everywhere(CASES, cheapMs), cheapCost));
    }

    private static List<ComparedCase> joined(List<List<ComparedCase>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static String sentences(Verdict verdict) {
        return String.join(
                "\n", verdict.evidence().stream().map(Evidence::sentence).toList());
    }
}
