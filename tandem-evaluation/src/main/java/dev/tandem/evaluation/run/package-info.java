/** Evaluation runs: a test set asked of a strategy, example by example, kept so that it can be shown, compared and gone on with. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.run;
