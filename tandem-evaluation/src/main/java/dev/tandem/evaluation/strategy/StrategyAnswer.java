package dev.tandem.evaluation.strategy;

import java.util.List;
import java.util.Map;

/**
 * What an approach answered.
 *
 * @param text without citation marks where the approach has them elsewhere
 * @param abstained whether it declined
 * @param citations the documents that the text says it rests on, with the words quoted; empty without retrieval
 * @param passages what was retrieved, best first; empty without retrieval
 * @param timings milliseconds by stage; {@code total} is always there
 * @param promptTokens tokens that a language model read, 0 without one
 * @param answerTokens tokens that it wrote, 0 without one
 */
public record StrategyAnswer(
        String text,
        boolean abstained,
        List<CitedQuote> citations,
        List<FoundPassage> passages,
        Map<String, Double> timings,
        int promptTokens,
        int answerTokens) {
    public StrategyAnswer {
        citations = List.copyOf(citations);
        passages = List.copyOf(passages);
        timings = Map.copyOf(timings);
    }

    /**
     * A passage the answer names.
     *
     * @param document by its path in the workspace
     * @param place page or heading, empty where there is none
     */
    public record CitedQuote(String document, String place, String quote) {}

    /**
     * A passage that was retrieved.
     *
     * @param document by its path in the workspace
     */
    public record FoundPassage(String document, String heading, String text, double score) {}
}
