/** A question to the passages that answer it: dense and BM25 lists, fused, then re-ranked. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.retrieval;
