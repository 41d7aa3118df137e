package dev.tandem.evaluation.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Relevance judgements: query id to document id to grade, in the order they were given; immutable.
 *
 * <p>A grade of {@link #RELEVANT} or more is relevant. Zero is judged and not relevant, a negative grade counts as not
 * judged (trec_eval's convention), and so does a document that is absent.
 */
public record Qrels(Map<String, Map<String, Integer>> grades) {
    /** The lowest relevant grade. */
    public static final int RELEVANT = 1;

    public Qrels {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        grades.forEach((query, judged) -> copy.put(query, Collections.unmodifiableMap(new LinkedHashMap<>(judged))));
        grades = Collections.unmodifiableMap(copy);
    }

    /** The grades of a query's documents; empty when the query is not judged. */
    public Map<String, Integer> of(String query) {
        return grades.getOrDefault(query, Map.of());
    }

    /** Whether at least one document is relevant to the query. */
    public boolean hasRelevant(String query) {
        return of(query).values().stream().anyMatch(grade -> grade >= RELEVANT);
    }

    /** How many pairs of query and document are judged, negative grades included. */
    public int judgements() {
        return grades.values().stream().mapToInt(Map::size).sum();
    }
}
