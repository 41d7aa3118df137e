/** Whether a text says what the attributes of its product say: attribute sheets, and the count of slot errors against them. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.metric.fact;
