package dev.tandem.knowledge.index;

/**
 * A passage found, not loaded yet.
 *
 * @param document the document's path
 * @param ordinal the passage's place in it
 * @param key where the snapshot that found it keeps it; means nothing to another snapshot
 * @param score BM25, or cosine similarity
 */
public record ScoredPassage(String document, int ordinal, int key, double score) {}
