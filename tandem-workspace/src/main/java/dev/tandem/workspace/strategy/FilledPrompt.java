package dev.tandem.workspace.strategy;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.knowledge.retrieval.Retriever;
import java.util.List;
import java.util.function.Predicate;

/**
 * A user's own prompt, filled with what is retrieved for a question: the same way when examples are tuned on as when questions are
 * answered. Immutable; the retriever stays the caller's.
 *
 * @param passages how many are retrieved at most, at least 1
 */
public record FilledPrompt(Retriever retriever, int passages, HybridPrompt prompt) {
    /**
     * A prompt with what it rests on.
     *
     * @param text what the model reads
     * @param found all that was retrieved, best first
     */
    public record Filled(String text, List<RetrievedPassage> found) {
        public Filled {
            found = List.copyOf(found);
        }

        /** The attributes of it that a question asks for. */
        AskedAttributes attributes(String question) {
            return AskedAttributes.of(question, passages(found));
        }
    }

    /** Retrieves and fills, with as many passages as fit, at least one where one was found. */
    public Filled fill(String question, Filter filter, Predicate<String> fits) {
        var found = retriever.retrieve(question, passages, filter).passages();
        for (int count = found.size(); count > 1; count--) {
            var text = prompt.fill(question, passages(found.subList(0, count)));
            if (fits.test(text)) {
                return new Filled(text, found);
            }
        }
        return new Filled(prompt.fill(question, passages(found.subList(0, Math.min(1, found.size())))), found);
    }

    private static List<Passage> passages(List<RetrievedPassage> found) {
        return found.stream().map(RetrievedPassage::passage).toList();
    }
}
