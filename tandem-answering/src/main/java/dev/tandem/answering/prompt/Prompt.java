package dev.tandem.answering.prompt;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.List;

/**
 * What a language model is asked.
 *
 * @param system its standing instructions
 * @param user the passages and the question
 * @param passages those that were kept: passage n of the prompt is element n - 1
 * @param tokens length of both texts by the builder's count
 */
public record Prompt(String system, String user, List<RetrievedPassage> passages, int tokens) {
    public Prompt {
        passages = List.copyOf(passages);
    }

    /** The two texts as a model takes them. */
    public List<ChatMessage> messages() {
        return List.of(SystemMessage.from(system), UserMessage.from(user));
    }
}
