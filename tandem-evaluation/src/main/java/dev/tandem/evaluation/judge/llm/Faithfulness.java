package dev.tandem.evaluation.judge.llm;

import dev.tandem.evaluation.judge.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Ragas's faithfulness ({@code _faithfulness.py}): the answer is taken apart into claims that stand by themselves, each is
 * verified against the context, and the score is the share that follows from it. Two requests, more for many claims.
 */
final class Faithfulness {
    /** An answer has no more: a model that writes more repeats itself. */
    private static final int MOST_CLAIMS = 200;

    private static final Reply<List<String>> CLAIMS = Reply.of(
            "claims",
            object -> {
                var claims = ReplyJson.texts(object, "claims");
                if (claims.size() > MOST_CLAIMS) {
                    throw new UnusableReply("there are " + claims.size() + " claims, more than " + MOST_CLAIMS);
                }
                return claims;
            },
            "claims",
            Reply.listOf(Reply.TEXT));

    private final JudgeModel model;
    private final JudgePrompt claims = JudgePrompt.shipped("claims");
    private final JudgePrompt verdicts = JudgePrompt.shipped("verdicts");

    /**
     * What was found.
     *
     * @param score none if the answer makes no claim
     * @param unsupported claims that do not follow from the context
     */
    record Finding(OptionalDouble score, List<String> unsupported) {}

    Faithfulness(JudgeModel model) {
        this.model = model;
    }

    /** @param exchange with an answer that says something */
    Finding of(Exchange exchange) {
        var question = exchange.question().filter(Exchange::says).orElse("(not known)");
        var made = model.ask(
                claims, Map.of("question", List.of(question), "answer", List.of(exchange.answer())), 0, CLAIMS);
        if (made.isEmpty()) {
            return new Finding(OptionalDouble.empty(), List.of());
        }
        var follows = verified(made, exchange.context());
        var unsupported = new ArrayList<String>();
        for (int i = 0; i < made.size(); i++) {
            if (!follows.get(i)) {
                unsupported.add(made.get(i));
            }
        }
        return new Finding(OptionalDouble.of(Verdicts.share(follows)), unsupported);
    }

    /** Which claims follow from a context. */
    List<Boolean> verified(List<String> statements, List<String> context) {
        return Verdicts.of(model, verdicts, "claims", statements, Map.of("context", context));
    }
}
