package dev.tandem.evaluation.draft;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.List;

/**
 * A question that was made from documents, before it is part of a test set.
 *
 * @param answers parts that stand in the documents to the letter, one a document; empty for an unanswerable question
 * @param documents by path, the one of the first answer first; for an unanswerable question those that it was made from
 * @param origin what it was made from
 * @param topic of the first document
 * @param worth how natural the rule's questions are, from 0 (nothing better was there) to 3
 */
public record Draft(
        String question,
        List<String> answers,
        List<String> documents,
        QuestionType type,
        Origin origin,
        String topic,
        int worth) {
    /** What a question was made from. */
    public enum Origin {
        HEADING,
        DEFINITION,
        TABLE,
        FACT,
        MODEL;

        /** As it is written in a test set. */
        public String key() {
            return "draft:" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Draft {
        answers = List.copyOf(answers);
        documents = List.copyOf(documents);
    }

    /** A question that one document answers. */
    static Draft answerable(String question, String answer, SourceDocument document, Origin origin, int worth) {
        return new Draft(
                question,
                List.of(answer),
                List.of(document.path()),
                QuestionType.ANSWERABLE,
                origin,
                document.topic(),
                worth);
    }

    Draft withQuestion(String other) {
        return new Draft(other, answers, documents, type, origin, topic, worth);
    }

    /** The first document's path. */
    public String document() {
        return documents.getFirst();
    }
}
