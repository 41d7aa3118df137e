/** Whether a text is written in the voice that training texts have. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.metric.voice;
