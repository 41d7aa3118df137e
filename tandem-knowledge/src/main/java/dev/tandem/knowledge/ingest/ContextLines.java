package dev.tandem.knowledge.ingest;

import dev.tandem.knowledge.passage.Passage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a line for each passage that says where in its document it stands, so that a search finds it by what it does not say
 * itself. Implementations are safe for use by many threads, each with a document of its own.
 */
public interface ContextLines {
    /** No lines. */
    ContextLines NONE = new ContextLines() {
        @Override
        public List<Optional<String>> of(List<Passage> document, Runnable between) {
            return document.stream().map(passage -> Optional.of("")).toList();
        }

        @Override
        public String describe() {
            return "";
        }

        @Override
        public Done done() {
            return Done.NOTHING;
        }

        @Override
        public void retain(Set<String> documents) {}
    };

    /**
     * The line of each passage, in their order.
     *
     * @param document all passages of one document
     * @param between called again and again; what it throws ends the work
     * @return empty where there should be a line, but none could be had
     */
    List<Optional<String>> of(List<Passage> document, Runnable between);

    /** In a few words how lines are made, for the index's description: when it changes, all are made anew; empty for none. */
    String describe();

    /** What was done since this was made. */
    Done done();

    /** Forgets what is kept of all documents but these. */
    void retain(Set<String> documents);

    /**
     * Lines by whence they came.
     *
     * @param written lines asked of the model now
     * @param kept lines known from before
     * @param missing passages that are without one
     * @param inputTokens read by the model, as it counts them; 0 where it does not
     * @param outputTokens written by the model
     * @param reasons why some are missing, as sentences, each once
     */
    record Done(int written, int kept, int missing, long inputTokens, long outputTokens, List<String> reasons) {
        /** Where no lines are made. */
        public static final Done NOTHING = new Done(0, 0, 0, 0, 0, List.of());

        public Done {
            reasons = List.copyOf(reasons);
        }
    }
}
