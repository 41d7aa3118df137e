package dev.tandem.evaluation.judge.llm;

import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.knowledge.passage.SentenceSplitter;
import java.util.List;
import java.util.Map;

/**
 * Ragas's context recall ({@code _context_recall.py}): the share of the reference's sentences that can be attributed to the
 * context. The sentences are found here, not by the model, so that it cannot lose one.
 */
final class ContextRecall {
    private final JudgeModel model;
    private final JudgePrompt prompt = JudgePrompt.shipped("attribution");

    ContextRecall(JudgeModel model) {
        this.model = model;
    }

    /** @param reference with a letter or digit */
    double of(String question, List<String> context, String reference) {
        return Verdicts.share(Verdicts.of(
                model,
                prompt,
                "sentences",
                sentences(reference),
                Map.of("question", List.of(question), "context", context)));
    }

    /** Those of a text that say something. */
    static List<String> sentences(String text) {
        return SentenceSplitter.split(text).stream()
                .map(span -> span.of(text))
                .filter(Exchange::says)
                .toList();
    }
}
