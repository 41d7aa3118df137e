package dev.tandem.evaluation.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * A judge's verdict; scores in [0, 1], more is better, missing where there is nothing to judge, where the judge does not
 * measure them, or where judging failed.
 *
 * @param faithfulness how likely it is that the context supports all that the answer says, or the share of its claims that
 *     the context supports: the judge says which; missing for an answer that says nothing
 * @param answerRelevancy how much the answer is one to the question; missing without a question
 * @param contextRelevancy share of the context's sentences that bear on the question; missing without a question
 * @param contextPrecision whether the useful texts of the context stand first; missing without a question
 * @param contextRecall share of the reference's sentences that the context supports; missing without a reference
 * @param unsupported what the answer says and the context does not support: its sentences to the letter, or its claims as a
 *     language model put them
 * @param missing why a score is missing that should have been measured, by the score's name
 */
public record Judgement(
        OptionalDouble faithfulness,
        OptionalDouble answerRelevancy,
        OptionalDouble contextRelevancy,
        OptionalDouble contextPrecision,
        OptionalDouble contextRecall,
        List<String> unsupported,
        SequencedMap<String, String> missing) {
    public Judgement {
        unsupported = List.copyOf(unsupported);
        missing = new LinkedHashMap<>(missing);
    }

    /** Of a judge that measures three scores and always can. */
    public Judgement(
            OptionalDouble faithfulness,
            OptionalDouble answerRelevancy,
            OptionalDouble contextRelevancy,
            List<String> unsupported) {
        this(
                faithfulness,
                answerRelevancy,
                contextRelevancy,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                unsupported,
                new LinkedHashMap<>(Map.of()));
    }
}
