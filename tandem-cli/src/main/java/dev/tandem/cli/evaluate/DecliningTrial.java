package dev.tandem.cli.evaluate;

import dev.tandem.evaluation.declining.DecliningCurve;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;

/**
 * A test set asked, to see how far each question is from being declined.
 *
 * @param progress where it says how far it is
 */
public record DecliningTrial(Progress progress) {
    /** Asks every question once; what is cancelled is judged by the questions asked until then. */
    public DecliningCurve run(Workspace workspace, TestSet questions, BooleanSupplier cancelled) {
        var asked = new ArrayList<DecliningCurve.Asked>();
        try (var open = new OpenWorkspace(workspace);
                var task = progress.start("Asking", questions.cases().size(), "questions")) {
            var answerer = open.thresholdAnswerer();
            for (var question : questions.cases()) {
                if (cancelled.getAsBoolean()) {
                    break;
                }
                var filter = question.filter().map(FilterParser::parse).orElseGet(Filter.All::new);
                var answer = answerer.answer(question.question(), filter, text -> {});
                asked.add(new DecliningCurve.Asked(
                        question.type() != QuestionType.UNANSWERABLE,
                        answer.trace().margin().orElseThrow()));
                task.step(1);
            }
        }
        return new DecliningCurve(asked, workspace.settings().answer().strictness());
    }
}
