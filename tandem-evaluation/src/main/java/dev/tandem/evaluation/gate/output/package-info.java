/** A gate's outcome for machines and people elsewhere: JSON, JUnit XML, Markdown, a webhook. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.gate.output;
