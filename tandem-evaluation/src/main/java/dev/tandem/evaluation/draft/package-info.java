/**
 * Questions made from documents without a language model, and with one. {@link dev.tandem.evaluation.draft.DraftRules} reads a
 * document's sections and gives every question that its rules find; {@link dev.tandem.evaluation.draft.DraftChoice} takes of
 * them what a test set needs. A draft's answer stands in its document to the letter; whether the question is a good one, a
 * person decides.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.draft;
