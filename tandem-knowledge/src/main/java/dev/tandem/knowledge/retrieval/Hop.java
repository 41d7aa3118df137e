package dev.tandem.knowledge.retrieval;

import java.util.List;

/**
 * A further look into the index, and why it was taken.
 *
 * @param query what was looked for
 * @param reason what the passages before lacked, as a sentence for people
 * @param found the passages that it added, by their ids, best first; only those that are among the retrieval's
 */
public record Hop(String query, String reason, List<String> found) {
    public Hop {
        found = List.copyOf(found);
    }
}
