package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.metric.task.ContainsCheck;
import dev.tandem.evaluation.metric.text.Chrf;
import dev.tandem.evaluation.metric.text.Rouge;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How good an answer is, from 0 to 1, by the same rule for all approaches:
 *
 * <ul>
 *   <li>answerable and changed: 1 if the answer contains an expected one ({@link ContainsCheck}), else 0. Wordings differ between
 *       approaches, a fact is there or not;
 *   <li>several documents: the share of the expected parts that it contains;
 *   <li>unanswerable: 1 if it was declined, else 0;
 *   <li>style: ROUGE-L's F1 against the expected text, since the facts are given and what counts is which words are used in which
 *       order; both a missing sentence and an added one lower it. A text in a script that ROUGE does not read is scored by chrF.
 * </ul>
 *
 * <p>What was declined contains nothing. A question that names a check of its own (a label, a number, an expression) is right by
 * that instead of by containing; one that wants a judge has the judge's verdict, which stands with its run, and no score here.
 */
public final class QualityScore {
    /** What the scores are called. */
    public static final String NAME = "quality";

    private static final double PERCENT = 100;

    private QualityScore() {}

    /** The score; empty if the case says no right answer, so that nobody could tell. */
    public static OptionalDouble of(TestCase testCase, StrategyAnswer answer) {
        var expected =
                testCase.answers().stream().filter(each -> !each.isBlank()).toList();
        var said = answer.abstained() ? "" : answer.text();
        if (isJudged(testCase)) {
            return OptionalDouble.empty();
        }
        return switch (testCase.type()) {
            case UNANSWERABLE -> OptionalDouble.of(answer.abstained() ? 1 : 0);
            case ANSWERABLE, CHANGED ->
                expected.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(right(testCase, said, expected));
            case SEVERAL_DOCUMENTS ->
                expected.stream()
                        .mapToDouble(part -> right(testCase, said, List.of(part)))
                        .average();
            case STYLE -> expected.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(likeness(said, expected));
        };
    }

    /** Whether a judge says if the answer is right; whether to decline was right needs none. */
    public static boolean isJudged(TestCase testCase) {
        return testCase.type() != QuestionType.UNANSWERABLE
                && testCase.check().filter(AnswerCheck.JUDGE::equals).isPresent();
    }

    private static double right(TestCase testCase, String said, List<String> expected) {
        var check = testCase.check().flatMap(AnswerCheck::check).orElseGet(ContainsCheck::new);
        return check.right(said, expected).orElse(false) ? 1 : 0;
    }

    private static double likeness(String said, List<String> expected) {
        boolean readable = expected.stream().anyMatch(text -> rougeL(text, List.of(text)) > 0);
        return Math.clamp(
                readable
                        ? rougeL(said, expected)
                        : Chrf.DEFAULT.sentenceScore(Chrf.DEFAULT.counts(said, expected)) / PERCENT,
                0,
                1);
    }

    private static double rougeL(String said, List<String> expected) {
        return Objects.requireNonNull(new Rouge(false).scores(said, expected).get(Rouge.Kind.ROUGE_L))
                .fMeasure();
    }
}
