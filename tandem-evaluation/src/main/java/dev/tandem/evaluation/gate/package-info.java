/**
 * The gate of evaluation runs: thresholds for metrics, and no regression against a baseline. What is asked is in {@link
 * dev.tandem.evaluation.gate.GateSettings}, what came of it in {@link dev.tandem.evaluation.gate.GateOutcome}.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.gate;
