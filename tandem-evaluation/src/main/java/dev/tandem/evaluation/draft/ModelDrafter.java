package dev.tandem.evaluation.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.knowledge.passage.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Lets a language model draft questions of a passage. What it replies is parsed strictly and asked for once more with what
 * was wrong; a question whose answer does not stand in the document, or that is none by {@link QuestionCheck}, is left out
 * and counted. For one thread.
 */
public final class ModelDrafter {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final int ATTEMPTS = 2;

    private final Function<List<ChatMessage>, String> model;
    private final DraftPrompt prompt = DraftPrompt.shipped();
    private final Random random;
    private int unreadable;
    private int refused;

    /** @param model gives the reply to messages; what it throws ends the drafting */
    public ModelDrafter(Function<List<ChatMessage>, String> model, long seed) {
        this.model = model;
        this.random = new Random(seed);
    }

    /** The name of the prompt's wording. */
    public static String promptName() {
        return DraftPrompt.NAME;
    }

    /** Replies that were no JSON as asked for, even when asked again. */
    public int unreadable() {
        return unreadable;
    }

    /** Questions that were left out. */
    public int refused() {
        return refused;
    }

    /** The questions of one passage. */
    public List<Draft> of(SourceDocument document, Passage passage, int count) {
        var messages = new ArrayList<>(prompt.messages(passage, count, random));
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var reply = model.apply(List.copyOf(messages));
            try {
                return sound(JSON.readTree(unfenced(reply)), document, count);
            } catch (JsonProcessingException | IllegalArgumentException e) {
                messages.add(AiMessage.from(reply.isBlank() ? "(nothing)" : reply));
                messages.add(
                        UserMessage.from("That was not the JSON asked for: reply with {\"questions\": [...]} alone."));
            }
        }
        unreadable++;
        return List.of();
    }

    private List<Draft> sound(JsonNode reply, SourceDocument document, int count) {
        var questions = reply.path("questions");
        if (!questions.isArray()) {
            throw new IllegalArgumentException("There is no list of questions");
        }
        var drafts = new ArrayList<Draft>();
        for (var each : questions) {
            var question = SourceDocument.oneLine(each.path("question").asText(""));
            var answer = SourceDocument.oneLine(each.path("answer").asText("")).replaceAll("\\.$", "");
            boolean sound = QuestionCheck.passes(question)
                    && QuestionCheck.answers(answer)
                    && document.holds(answer)
                    && drafts.size() < count;
            if (sound) {
                drafts.add(Draft.answerable(question, answer, document, Draft.Origin.MODEL, 3));
            } else {
                refused++;
            }
        }
        return drafts;
    }

    /** Many models put JSON into a code fence, whatever they are told. */
    private static String unfenced(String reply) {
        var text = reply.strip();
        return text.startsWith("```") && text.endsWith("```")
                ? text.replaceFirst("^```(?:json)?", "")
                        .replaceFirst("```$", "")
                        .strip()
                : text;
    }
}
