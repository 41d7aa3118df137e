/** A folder to an index: what changed, what to do about it, and one commit. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.ingest;
