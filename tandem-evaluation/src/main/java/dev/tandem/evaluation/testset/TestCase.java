package dev.tandem.evaluation.testset;

import java.util.List;
import java.util.Optional;

/**
 * One question of a test set with what is known of its answer.
 *
 * @param id unique in its test set
 * @param question as it is put to the system under test
 * @param answers what is right: for {@link QuestionType#SEVERAL_DOCUMENTS} the parts that all belong into an answer, else any of
 *     them; empty for unanswerable questions
 * @param documents those that answer it, by their path in the workspace; empty for unanswerable questions
 * @param filter which documents may be used, in the filter language; empty for all
 * @param check by what its answer is right; the run's choice without
 * @param origin where it came from, such as {@code written}, {@code draft:heading}, {@code feedback}
 * @param reviewed whether a person accepted it
 */
public record TestCase(
        String id,
        String question,
        List<String> answers,
        List<String> documents,
        QuestionType type,
        Optional<String> filter,
        Optional<Difficulty> difficulty,
        Optional<String> topic,
        Optional<AnswerCheck> check,
        Optional<String> origin,
        boolean reviewed) {
    public TestCase {
        answers = List.copyOf(answers);
        documents = List.copyOf(documents);
    }

    /** One whose run chooses by what its answer is right. */
    public TestCase(
            String id,
            String question,
            List<String> answers,
            List<String> documents,
            QuestionType type,
            Optional<String> filter,
            Optional<Difficulty> difficulty,
            Optional<String> topic,
            Optional<String> origin,
            boolean reviewed) {
        this(id, question, answers, documents, type, filter, difficulty, topic, Optional.empty(), origin, reviewed);
    }
}
