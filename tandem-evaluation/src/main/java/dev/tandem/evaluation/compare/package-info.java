/**
 * Which approach a test set speaks for. {@link Measurements} hold what each approach was measured at, example by example;
 * {@link Comparisons} test every two of them; {@link Verdict} weighs quality, latency, cost and {@link Constraints} by stated rules
 * and gives every sentence its numbers; {@link HeadToHead} sets them side by side. Nothing here reads or runs anything.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.compare;
