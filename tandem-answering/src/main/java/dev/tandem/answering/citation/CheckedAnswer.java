package dev.tandem.answering.citation;

import java.util.List;

/**
 * An answer whose every citation resolves.
 *
 * @param text the answer with its citations renumbered from 1 in order of appearance
 * @param citations one for each number in the text, in order
 * @param unsupported sentences that claim something that no passage supports, as they stand in the text
 * @param unknown numbers that the model cited though no passage has them, in order
 */
public record CheckedAnswer(String text, List<Citation> citations, List<String> unsupported, List<Integer> unknown) {
    public CheckedAnswer {
        citations = List.copyOf(citations);
        unsupported = List.copyOf(unsupported);
        unknown = List.copyOf(unknown);
    }
}
