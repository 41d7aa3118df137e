package dev.tandem.evaluation.judge.llm;

/**
 * Which of two answers is better.
 *
 * @param preferred 1 or 2; 0 where neither is better or the judge changed its mind with the order
 * @param reason the model's own words, or that its verdicts contradict each other
 * @param changed whether it preferred the answer of the same place in both orders: position bias
 * @param place that place, 1 or 2; 0 where it did not change its mind
 */
public record Preference(int preferred, String reason, boolean changed, int place) {}
