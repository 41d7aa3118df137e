package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;

/**
 * What a comparison of the approaches on the team's own test set found.
 *
 * @param winner the best of them
 * @param significant whether the data tell it apart from the others
 * @param sentence the finding with its numbers, for people
 */
public record Evidence(Approach winner, boolean significant, String sentence) {}
