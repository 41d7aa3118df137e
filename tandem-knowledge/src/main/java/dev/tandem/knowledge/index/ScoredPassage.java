package dev.tandem.knowledge.index;

import java.util.Comparator;

/**
 * A passage found, not loaded yet.
 *
 * @param document the document's path
 * @param ordinal the passage's place in it
 * @param key where the snapshot that found it keeps it; means nothing to another snapshot
 * @param score BM25, or cosine similarity
 */
public record ScoredPassage(String document, int ordinal, int key, double score) {
    /** The order of every result: best first, ties by document then ordinal. */
    public static final Comparator<ScoredPassage> BEST_FIRST = Comparator.comparingDouble(ScoredPassage::score)
            .reversed()
            .thenComparing(ScoredPassage::document)
            .thenComparingInt(ScoredPassage::ordinal);
}
