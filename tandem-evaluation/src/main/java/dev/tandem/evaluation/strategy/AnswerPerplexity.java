package dev.tandem.evaluation.strategy;

/**
 * How well a strategy's language model foretells the expected answers, each behind the prompt that it is asked with. The tokens that
 * end answers are counted, prompts are not.
 *
 * @param answers how many were measured
 * @param perToken the exponential of the mean loss a token, at least 1: lower is better
 * @param perByte the same a byte of UTF-8, which compares models of different tokenizers
 */
public record AnswerPerplexity(int answers, double perToken, double perByte) {}
