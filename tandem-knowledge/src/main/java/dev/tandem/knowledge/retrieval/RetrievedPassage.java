package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;

/**
 * A passage that answers a question, best first in its list.
 *
 * @param passage the passage
 * @param metadata its document's metadata
 * @param score what it was finally ranked by; comparable within one question only
 * @param cosine cosine similarity of question and passage, in [-1, 1]; comparable between questions
 */
public record RetrievedPassage(Passage passage, Metadata metadata, double score, double cosine) {}
