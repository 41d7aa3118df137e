/** Passages, their vectors and their metadata in one index, replaced document by document and committed atomically. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.index;
