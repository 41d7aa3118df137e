package dev.tandem.evaluation.judge.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Map;

/**
 * A language model that compares two answers side by side, in both orders: a preference that does not survive the exchange of
 * places is none (Zheng et al., "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", NeurIPS 2023, section 3.4). Before
 * the first comparison the model must get {@link ControlQuestions} right. Safe for use by many threads; owns no model.
 */
public final class PreferenceJudge implements AutoCloseable {
    private static final Reply<Said> SAID =
            Reply.of("preference", PreferenceJudge::read, "reason", Reply.TEXT, "preferred", Reply.NUMBER);

    private final JudgeModel model;
    private final ControlQuestions controls;
    private final JudgePrompt prompt = JudgePrompt.shipped("preference");

    private record Said(int preferred, String reason) {}

    /** @param modelName as recorded in {@link #name()} */
    public PreferenceJudge(ChatModel chat, String modelName, JudgeOptions options) {
        this.model = new JudgeModel(chat, modelName, options);
        this.controls = new ControlQuestions(model, new Faithfulness(model));
    }

    /** The model and the wording of the prompts. */
    public String name() {
        return "llm:" + model.name() + ":prompts-" + JudgePrompt.VERSION;
    }

    /** What it has asked its model until now. */
    public Usage usage() {
        return model.usage();
    }

    /** As {@link LlmJudge#control()}. */
    public int control() {
        return controls.require();
    }

    /**
     * Compares.
     *
     * @param question the instruction that both answers follow
     * @throws MendableException if the model cannot be asked or gives no verdict that can be used
     */
    public Preference compare(String question, String first, String second) {
        controls.require();
        var straight = ask(question, first, second);
        var swapped = ask(question, second, first);
        int turned = swapped.preferred() == 0 ? 0 : 3 - swapped.preferred();
        if (straight.preferred() == turned) {
            return new Preference(turned, straight.reason(), false, 0);
        }
        boolean changed = straight.preferred() != 0 && straight.preferred() == swapped.preferred();
        return new Preference(
                0,
                changed
                        ? "The judge preferred the " + (straight.preferred() == 1 ? "first" : "second")
                                + " place in both orders."
                        : "The judge preferred answer " + Math.max(straight.preferred(), turned)
                                + " in one order and neither in the other.",
                changed,
                changed ? straight.preferred() : 0);
    }

    private Said ask(String question, String first, String second) {
        return model.ask(
                prompt,
                Map.of("question", List.of(question), "first", List.of(first), "second", List.of(second)),
                1,
                SAID);
    }

    private static Said read(JsonNode object) {
        return new Said(
                ReplyJson.number(object, "preferred", 0, 2),
                object.path("reason").asText("").strip());
    }

    /** Ends comparisons in work soon, with a {@link java.util.concurrent.CancellationException}. */
    public void cancel() {
        model.end();
    }

    @Override
    public void close() {
        model.close();
    }
}
