package dev.tandem.answering.answer;

import dev.tandem.answering.prompt.Turn;
import dev.tandem.knowledge.filter.Filter;
import java.util.List;
import java.util.function.Consumer;

/** Answers questions from retrieved passages. Implementations are safe for use by many threads. */
public interface Answerer {
    /**
     * Answers a question, or declines it.
     *
     * @param question as the user asked it
     * @param filter which documents may be used
     * @param partial receives the answer's text piece by piece as it is made
     */
    Answer answer(String question, Filter filter, Consumer<String> partial);

    /**
     * Answers a question of a conversation; who makes nothing of the earlier turns answers it by itself.
     *
     * @param history earlier turns, oldest first
     */
    default Answer answer(String question, List<Turn> history, Filter filter, Consumer<String> partial) {
        return answer(question, filter, partial);
    }
}
