package dev.tandem.server.engine;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.tandem.answering.prompt.Turn;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param messages oldest first
 * @param parameters temperature, stops and such, for those that honour them
 * @param filter which documents may be used, for those that retrieve
 */
public record Conversation(List<ChatMessage> messages, ChatRequestParameters parameters, Filter filter) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** A question by itself. */
    public static Conversation of(String question, Filter filter) {
        return new Conversation(
                List.of(UserMessage.from(question)),
                ChatRequestParameters.builder().build(),
                filter);
    }

    /**
     * What is asked now: the last message, which must be the user's.
     *
     * @throws MendableException if it is not, or has no text
     */
    public String question() {
        if (!messages.isEmpty() && messages.getLast() instanceof UserMessage user && user.hasSingleText()) {
            return user.singleText();
        }
        throw new MendableException("The last message must be the user's question, as text.");
    }

    /** What was asked and answered before. */
    List<Turn> turns() {
        var turns = new ArrayList<Turn>();
        for (int i = 0; i + 1 < messages.size(); i++) {
            if (messages.get(i) instanceof UserMessage user
                    && user.hasSingleText()
                    && messages.get(i + 1) instanceof AiMessage answer
                    && answer.text() != null) {
                turns.add(new Turn(user.singleText(), answer.text()));
            }
        }
        return turns;
    }
}
