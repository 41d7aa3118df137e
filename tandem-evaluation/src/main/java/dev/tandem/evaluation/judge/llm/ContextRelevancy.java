package dev.tandem.evaluation.judge.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The context relevance of the Ragas paper (section 3): the share of the context's sentences that are needed to answer the
 * question. The sentences are numbered here and chosen by the model. What Ragas's program has now under that name is another
 * measure, a rating from 0 to 2.
 */
final class ContextRelevancy {
    private final JudgeModel model;
    private final JudgePrompt prompt = JudgePrompt.shipped("relevance");

    ContextRelevancy(JudgeModel model) {
        this.model = model;
    }

    double of(String question, List<String> context) {
        var sentences = context.stream()
                .flatMap(text -> ContextRecall.sentences(text).stream())
                .toList();
        int count = sentences.size();
        int needed = model.ask(
                prompt,
                Map.of("question", List.of(question), "sentences", sentences),
                count,
                Reply.of(
                        "relevance",
                        object -> chosen(object, count),
                        "reason",
                        Reply.TEXT,
                        "sentences",
                        Reply.listOf(Reply.NUMBER)));
        return needed / (double) count;
    }

    private static int chosen(JsonNode object, int count) {
        var numbers = new HashSet<Integer>();
        for (var each : ReplyJson.list(object, "sentences")) {
            if (!each.isIntegralNumber() || !each.canConvertToInt() || each.asInt() < 1 || each.asInt() > count) {
                throw new UnusableReply("there is no sentence " + each + "; they have the numbers 1 to " + count);
            }
            numbers.add(each.asInt());
        }
        return numbers.size();
    }
}
