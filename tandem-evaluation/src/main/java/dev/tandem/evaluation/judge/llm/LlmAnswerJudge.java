package dev.tandem.evaluation.judge.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A language model that says whether an answer is right by the expected ones: one request an answer. Before the first the model must
 * get {@link ControlQuestions} right. Owns no model.
 */
public final class LlmAnswerJudge implements AnswerJudge {
    private static final Reply<Boolean> REPLY =
            Reply.of("correctness", LlmAnswerJudge::read, "reason", Reply.TEXT, "verdict", Reply.NUMBER);

    private final JudgeModel model;
    private final ControlQuestions controls;
    private final JudgePrompt prompt = JudgePrompt.shipped("correctness");

    /** @param modelName as recorded in {@link #signature()} */
    public LlmAnswerJudge(ChatModel chat, String modelName, JudgeOptions options) {
        this.model = new JudgeModel(chat, modelName, options);
        this.controls = new ControlQuestions(model, new Faithfulness(model));
    }

    /**
     * As {@link LlmJudge#control()}.
     *
     * @throws MendableException if too few were right, or the model cannot be asked
     */
    public int control() {
        return controls.require();
    }

    /** What it has asked its model until now. */
    public Usage usage() {
        return model.usage();
    }

    @Override
    public boolean right(Optional<String> question, String answer, List<String> references) {
        controls.require();
        return model.ask(
                prompt,
                Map.of(
                        "question",
                        List.of(question.orElse("(not known)")),
                        "expected",
                        references,
                        "answer",
                        List.of(answer)),
                1,
                REPLY);
    }

    private static boolean read(JsonNode object) {
        return ReplyJson.number(object, "verdict", 0, 1) == 1;
    }

    @Override
    public String signature() {
        return "judge:llm:" + model.name() + ":prompts-" + JudgePrompt.VERSION;
    }

    @Override
    public void close() {
        model.close();
    }
}
