package dev.tandem.evaluation.strategy;

import dev.tandem.evaluation.testset.TestCase;

/**
 * What should have been answered.
 *
 * @param text the expected answer, the first where several will do
 */
public record ExpectedAnswer(TestCase testCase, String text) {}
