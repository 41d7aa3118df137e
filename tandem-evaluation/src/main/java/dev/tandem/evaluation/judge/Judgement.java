package dev.tandem.evaluation.judge;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A judge's verdict; scores in [0, 1], more is better, missing where there is nothing to judge.
 *
 * @param faithfulness how likely it is that the context supports all that the answer says; missing for an answer that says
 *     nothing
 * @param answerRelevancy how much the answer is one to the question; missing without a question
 * @param contextRelevancy share of the context's sentences that bear on the question; missing without a question
 * @param unsupported the answer's sentences that the context does not support, to the letter
 */
public record Judgement(
        OptionalDouble faithfulness,
        OptionalDouble answerRelevancy,
        OptionalDouble contextRelevancy,
        List<String> unsupported) {
    public Judgement {
        unsupported = List.copyOf(unsupported);
    }
}
