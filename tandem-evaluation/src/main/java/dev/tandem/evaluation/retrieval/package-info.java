/** A system asked every question of a test set, and the report of how it did. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.retrieval;
