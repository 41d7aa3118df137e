package dev.tandem.evaluation.run;

import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What makes an answer right in a run.
 *
 * @param otherwise for questions that do not say by what; for those about style only a judge
 * @param judge for questions that want one; it stays the caller's
 */
public record Rightness(AnswerCheck otherwise, Optional<AnswerJudge> judge) {
    /** The answer contains an expected one. */
    public static final Rightness CONTAINS = new Rightness(AnswerCheck.CONTAINS, Optional.empty());

    /** Whether right and wrong can be told of a question's answer. */
    boolean isTold(TestCase testCase) {
        return testCase.type() == QuestionType.UNANSWERABLE
                || References.areTold(testCase)
                        && (testCase.type() != QuestionType.STYLE || of(testCase) == AnswerCheck.JUDGE);
    }

    /**
     * 1 if right, 0 if not; empty where nobody can tell.
     *
     * @throws MendableException if the judge fails
     */
    Optional<Double> value(TestCase testCase, StrategyAnswer answer) {
        if (testCase.type() == QuestionType.UNANSWERABLE) {
            return Optional.of(answer.abstained() ? 1.0 : 0.0);
        }
        if (!isTold(testCase)) {
            return Optional.empty();
        }
        var said = AnswerMeasures.said(answer);
        var check = of(testCase).check();
        var right = check.isEmpty()
                ? Optional.of(judged(testCase, said))
                : testCase.type() == QuestionType.SEVERAL_DOCUMENTS
                        ? Optional.of(testCase.answers().stream()
                                .allMatch(part ->
                                        check.get().right(said, List.of(part)).orElse(false)))
                        : check.get().right(said, testCase.answers());
        return right.map(yes -> yes ? 1.0 : 0.0);
    }

    private AnswerCheck of(TestCase testCase) {
        return testCase.check().orElse(otherwise);
    }

    private boolean judged(TestCase testCase, String said) {
        if (said.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return false;
        }
        return judge.orElseThrow(() -> new MendableException("The question asks for a judge, and there is none."))
                .right(Optional.of(testCase.question()), said, References.whole(testCase));
    }

    /** What of it decides the numbers; nothing where it is the usual. */
    Map<String, String> configuration() {
        var configuration = new TreeMap<String, String>();
        if (otherwise != AnswerCheck.CONTAINS) {
            configuration.put("evaluation.task", otherwise.key());
        }
        judge.ifPresent(each -> configuration.put("evaluation.answer_judge", each.signature()));
        return configuration;
    }
}
