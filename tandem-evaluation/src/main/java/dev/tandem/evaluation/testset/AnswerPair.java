package dev.tandem.evaluation.testset;

import java.util.List;

/**
 * A prediction and what it should be.
 *
 * @param references none only where they were not asked for
 * @param place where the references stand, for errors: {@code references.jsonl, line 3}
 */
public record AnswerPair(String id, String prediction, List<String> references, String place) {
    public AnswerPair {
        references = List.copyOf(references);
    }
}
