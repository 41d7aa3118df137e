/** Whether an answer does what its task asks for: the checks behind task accuracy, each right, wrong or not to be told. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.metric.task;
