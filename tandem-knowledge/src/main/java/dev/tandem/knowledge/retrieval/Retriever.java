package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;

/** Finds the passages that answer a question. Implementations are safe for use by many threads. */
public interface Retriever {
    /**
     * Retrieves the best passages.
     *
     * @param question as the user asked it
     * @param count how many passages at most, at least 1
     * @param filter which documents may be used
     */
    Retrieval retrieve(String question, int count, Filter filter);
}
