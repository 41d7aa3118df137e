package dev.tandem.decoder.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/** Messages to the tokens that a model continues. Owns the tokenizer; safe for use by many threads. */
final class ChatPrompts implements AutoCloseable {
    private static final String BETWEEN = "\n\n";

    private final Tokenizer tokenizer;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    ChatPrompts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    private record Turn(String role, String text) {
        Map<String, String> forTemplate() {
            return Map.of("role", role, "content", text);
        }
    }

    /**
     * Renders a conversation by the model's chat template. A template that refuses system messages gets them at the
     * beginning of the first user's. A model without a template gets the messages' texts alone, with blank lines between.
     *
     * @throws MendableException if a message is more than text, or the template refuses the conversation
     */
    int[] tokens(List<ChatMessage> messages) {
        var turns = messages.stream().map(ChatPrompts::turn).toList();
        return tokenizer.chats()
                ? encoded(rendered(turns), false)
                : encoded(turns.stream().map(Turn::text).collect(Collectors.joining(BETWEEN)), true);
    }

    /** How many tokens a text has. */
    int count(String text) {
        return encoded(text, false).length;
    }

    private int[] encoded(String text, boolean special) {
        // Closing must not free native memory under somebody who uses it.
        use.readLock().lock();
        try {
            if (closed) {
                throw WorkQueue.closedModel();
            }
            return tokenizer.encode(text, special);
        } finally {
            use.readLock().unlock();
        }
    }

    private String rendered(List<Turn> turns) {
        try {
            return render(turns);
        } catch (MendableException refused) {
            if (turns.size() < 2
                    || !turns.get(0).role().equals("system")
                    || !turns.get(1).role().equals("user")) {
                throw refused;
            }
            var merged = new ArrayList<>(turns.subList(1, turns.size()));
            merged.set(
                    0,
                    new Turn(
                            "user", turns.get(0).text() + BETWEEN + turns.get(1).text()));
            return render(merged);
        }
    }

    private String render(List<Turn> turns) {
        return tokenizer.chat(turns.stream().map(Turn::forTemplate).toList(), true);
    }

    private static Turn turn(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> new Turn("system", system.text());
            case UserMessage user -> new Turn("user", text(user));
            case AiMessage answer
            when !answer.hasToolExecutionRequests() && answer.text() != null -> new Turn("assistant", answer.text());
            default ->
                throw new MendableException(
                        "Language models in this process take system, user and assistant messages of"
                                + " text: leave out the message of the type " + message.type()
                                + " and calls of tools.");
        };
    }

    private static String text(UserMessage message) {
        return message.contents().stream()
                .map(content -> {
                    if (content instanceof TextContent text) {
                        return text.text();
                    }
                    throw new MendableException("Language models in this process read text only, not " + content.type()
                            + ": leave it out, or name a model server that reads it.");
                })
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
