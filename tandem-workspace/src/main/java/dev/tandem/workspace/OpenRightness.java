package dev.tandem.workspace;

import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.evaluation.run.Rightness;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.TestSet;
import java.util.Optional;

/** What makes answers right in a run, with a judge where one of its questions asks for one. Owns the judge. */
public final class OpenRightness implements AutoCloseable {
    private final Rightness rightness;

    /**
     * Puts it together.
     *
     * @param otherwise for questions that do not say by what they are right
     * @param who judges, where somebody has to
     */
    public OpenRightness(OpenWorkspace open, TestSet testSet, AnswerCheck otherwise, AnswerJudges who) {
        boolean judged =
                testSet.cases().stream().anyMatch(testCase -> testCase.check().orElse(otherwise) == AnswerCheck.JUDGE);
        rightness = new Rightness(otherwise, judged ? Optional.<AnswerJudge>of(who.open(open)) : Optional.empty());
    }

    /** It, as long as this is open. */
    public Rightness rightness() {
        return rightness;
    }

    @Override
    public void close() {
        rightness.judge().ifPresent(AnswerJudge::close);
    }
}
