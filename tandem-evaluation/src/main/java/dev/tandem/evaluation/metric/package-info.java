/** Metrics exactly as their reference programs define them. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.metric;
