/**
 * Evaluation runs to look at: {@link dev.tandem.evaluation.report.EvaluationPage} is one HTML file over one or more runs; a
 * run's Markdown and JSON beside it.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.report;
