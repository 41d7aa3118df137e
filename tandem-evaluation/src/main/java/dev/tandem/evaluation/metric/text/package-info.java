/**
 * How near a text is to reference texts, by the words and characters that they share: BLEU and chrF equal to sacrebleu,
 * ROUGE equal to Google's rouge-score. What is counted is counted in {@code NgramMatches} and {@code
 * LongestCommonSubsequence}; the rest is how each reference program cuts a text and puts its counts together.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.metric.text;
