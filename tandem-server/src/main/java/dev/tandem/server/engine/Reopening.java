package dev.tandem.server.engine;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.answering.prompt.Turn;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.retrieval.IndexReplacedException;
import dev.tandem.knowledge.retrieval.Retriever;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that searches, opened anew where the index is of another embedding model by the time it is used.
 *
 * @param current what is open
 * @param reopen has the next current one be of the index as it is
 */
record Reopening<T>(Supplier<T> current, Runnable reopen) {
    private <R> R use(Function<T, R> work) {
        try {
            return work.apply(current.get());
        } catch (MendableException e) {
            if (!IndexReplacedException.isCauseOf(e)) {
                throw e;
            }
            reopen.run();
            return work.apply(current.get());
        }
    }

    /** Answers that never meet a half of each index. */
    static Answerer answerer(Reopening<Answerer> opened) {
        return new Answerer() {
            @Override
            public Answer answer(String question, Filter filter, Consumer<String> partial) {
                return answer(question, List.of(), filter, partial);
            }

            @Override
            public Answer answer(String question, List<Turn> history, Filter filter, Consumer<String> partial) {
                return opened.use(answerer -> answerer.answer(question, history, filter, partial));
            }
        };
    }

    /** Searches that never meet a half of each index. */
    static Retriever retriever(Reopening<Retriever> opened) {
        return (question, count, filter) -> opened.use(retriever -> retriever.retrieve(question, count, filter));
    }
}
