/** Retrieval configurations compared honestly: chosen on one half of the questions, measured on the other. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.sweep;
