package dev.tandem.evaluation.testset;

/**
 * A document of a test collection.
 *
 * @param title empty when there is none
 * @param text may be empty
 */
public record TestDocument(String id, String title, String text) {}
