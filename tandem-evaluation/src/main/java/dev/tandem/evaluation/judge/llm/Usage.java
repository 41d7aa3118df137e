package dev.tandem.evaluation.judge.llm;

/**
 * What a judge has asked its model until now.
 *
 * @param requests that the model answered
 * @param repeated requests that were made again, after a failure or a reply that could not be used
 * @param inputTokens read by the model, as its server counts
 * @param outputTokens written by the model, as its server counts
 * @param uncounted answered requests of which the server did not tell the tokens: the sums are then too small
 */
public record Usage(long requests, long repeated, long inputTokens, long outputTokens, long uncounted) {}
