package dev.tandem.evaluation.testset;

/** A question of a test set. */
public record TestQuery(String id, String text) {}
