package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;
import java.util.List;
import java.util.Optional;

/** Decides what to look for next. Implementations are safe for use by many threads. */
public interface FollowUp {
    /**
     * What the passages found so far lack.
     *
     * @param question as the user asked it
     * @param found best first
     * @param before the hops taken already
     * @param filter which documents may be used: what is decided must not depend on others
     * @return empty where nothing more is worth looking for
     */
    Optional<Query> next(String question, List<RetrievedPassage> found, List<Hop> before, Filter filter);

    /**
     * What to look for.
     *
     * @param text of the query
     * @param reason a sentence for people
     * @param ownQuestion whether it asks for something by itself, so that its best passages are evidence; else it is words
     *     that are lacking, whose passages are evidence where they have to do with the whole question too
     * @param documents where to look, by path, the most promising first: the passage of each that answers the user's question
     *     best is wanted, and the text only says to people what was looked for. Empty for a look into all documents
     */
    record Query(String text, String reason, boolean ownQuestion, List<String> documents) {
        public Query {
            documents = List.copyOf(documents);
        }

        /** A look into all documents. */
        public Query(String text, String reason, boolean ownQuestion) {
            this(text, reason, ownQuestion, List.of());
        }
    }
}
