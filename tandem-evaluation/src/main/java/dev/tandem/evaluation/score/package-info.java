/** Predictions held against references: which metrics, per example and in total, with how sure the totals are. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.score;
