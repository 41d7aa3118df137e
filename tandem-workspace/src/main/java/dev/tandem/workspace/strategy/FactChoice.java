package dev.tandem.workspace.strategy;

import dev.langchain4j.data.message.ChatMessage;
import dev.tandem.evaluation.metric.fact.FactCheck;
import java.util.List;

/**
 * Over-generate and choose (Wen et al., 2015): where an answer has slot errors against the retrieved attributes, more are drawn, and the
 * first with the fewest errors is taken. Nothing but what was retrieved is looked at. Immutable.
 *
 * @param check knows the values of all sheets
 * @param candidates answers at most, the likeliest among them, at least 2
 */
record FactChoice(FactCheck check, int candidates) {
    /** Drawn answers should differ and still be in the voice that was learned. */
    static final double TEMPERATURE = 0.7;

    /** The chosen answer; tokens are those of all that were drawn. */
    LocalModel.Reply choose(LocalModel model, List<ChatMessage> turns, AskedAttributes attributes) {
        var best = model.ask(turns);
        if (attributes.sheets().isEmpty()) {
            return best;
        }
        int fewest = errors(best, attributes);
        int prompt = best.promptTokens();
        int answer = best.answerTokens();
        for (int seed = 1; seed < candidates && fewest > 0; seed++) {
            var drawn = model.draw(turns, TEMPERATURE, seed);
            prompt += drawn.promptTokens();
            answer += drawn.answerTokens();
            int errors = errors(drawn, attributes);
            if (errors < fewest) {
                fewest = errors;
                best = drawn;
            }
        }
        return new LocalModel.Reply(best.text(), prompt, answer);
    }

    private int errors(LocalModel.Reply reply, AskedAttributes attributes) {
        return check.errors(reply.text(), attributes.values()).count();
    }
}
