package dev.tandem.evaluation.judge.llm;

import dev.tandem.evaluation.judge.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Ragas's context precision ({@code _context_precision.py}): each text of the context is judged useful or not for arriving at
 * the reference, or without one at the answer; the score is the average precision of these verdicts in their order. A request a
 * text. 0 where nothing is useful.
 */
final class ContextPrecision {
    private static final Reply<Boolean> VERDICT = Reply.of(
            "usefulness",
            object -> ReplyJson.number(object, "verdict", 0, 1) == 1,
            "reason",
            Reply.TEXT,
            "verdict",
            Reply.NUMBER);

    private final JudgeModel model;
    private final JudgePrompt prompt = JudgePrompt.shipped("usefulness");

    ContextPrecision(JudgeModel model) {
        this.model = model;
    }

    /** @param answer the reference, or the answer that was given */
    double of(String question, List<String> context, String answer) {
        var useful = new ArrayList<Boolean>();
        for (var text : context) {
            useful.add(Exchange.says(text)
                    && model.ask(
                            prompt,
                            Map.of("question", List.of(question), "context", List.of(text), "answer", List.of(answer)),
                            1,
                            VERDICT));
        }
        return averagePrecision(useful);
    }

    /** The mean, over the useful ones, of the share of useful ones up to each. */
    static double averagePrecision(List<Boolean> useful) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < useful.size(); i++) {
            if (useful.get(i)) {
                found++;
                sum += found / (i + 1.0);
            }
        }
        return found == 0 ? 0 : sum / found;
    }
}
