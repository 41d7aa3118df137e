package dev.tandem.evaluation.judge.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Verdicts of yes or no on statements, each checked against the same context. */
final class Verdicts {
    /** Statements in one request: with more, models lose count, and replies grow longer than servers allow. */
    private static final int AT_ONCE = 20;

    private static final int UNDECIDED = -1;

    private Verdicts() {}

    /**
     * Whether each statement holds by the context.
     *
     * @param placeholder where the prompt wants the statements
     * @param others what else stands in the prompt
     */
    static List<Boolean> of(
            JudgeModel model,
            JudgePrompt prompt,
            String placeholder,
            List<String> statements,
            Map<String, List<String>> others) {
        var verdicts = new ArrayList<Boolean>();
        for (int start = 0; start < statements.size(); start += AT_ONCE) {
            var some = statements.subList(start, Math.min(statements.size(), start + AT_ONCE));
            var texts = new HashMap<>(others);
            texts.put(placeholder, some);
            verdicts.addAll(model.ask(prompt, texts, some.size(), reply(some.size())));
        }
        return verdicts;
    }

    /** The share of yes among at least one verdict. */
    static double share(List<Boolean> verdicts) {
        return verdicts.stream().filter(yes -> yes).count() / (double) verdicts.size();
    }

    private static Reply<List<Boolean>> reply(int count) {
        return Reply.of(
                "verdicts",
                object -> read(object, count),
                "verdicts",
                Reply.listOf(Reply.object("number", Reply.NUMBER, "reason", Reply.TEXT, "verdict", Reply.NUMBER)));
    }

    /** Exactly one for each number: a verdict too many belongs to nothing, and one too few is none. */
    private static List<Boolean> read(JsonNode object, int count) {
        var found = new int[count];
        Arrays.fill(found, UNDECIDED);
        for (var each : ReplyJson.list(object, "verdicts")) {
            int number = ReplyJson.number(each, "number", 1, count);
            if (found[number - 1] != UNDECIDED) {
                throw new UnusableReply("number " + number + " has two verdicts");
            }
            found[number - 1] = ReplyJson.number(each, "verdict", 0, 1);
        }
        var verdicts = new ArrayList<Boolean>();
        for (int i = 0; i < count; i++) {
            if (found[i] == UNDECIDED) {
                throw new UnusableReply("number " + (i + 1) + " of " + count + " has no verdict");
            }
            verdicts.add(found[i] == 1);
        }
        return verdicts;
    }
}
