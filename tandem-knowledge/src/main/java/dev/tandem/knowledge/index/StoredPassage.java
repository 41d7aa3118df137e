package dev.tandem.knowledge.index;

import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;

/**
 * A passage with what was computed for it at ingest.
 *
 * @param passage the passage
 * @param metadata its document's metadata
 * @param contentHash hash of what was embedded: passages with the same hash have the same vectors
 * @param vector its vector, unit length
 * @param tokenVectors its token vectors in the compressed form of the re-ranker; empty where there is none
 */
public record StoredPassage(
        Passage passage, Metadata metadata, String contentHash, float[] vector, byte[] tokenVectors) {}
