/** The run around the steps: schedule, optimizer, held-out evaluation, early stopping, checkpoints, resume, metrics. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.training;
