package dev.tandem.decoder.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /**
     * A message as templates know it.
     *
     * @param more than role and text: calls of tools, and which call a result belongs to
     */
    private record Turn(String role, String text, Map<String, Object> more) {
        Turn(String role, String text) {
            this(role, text, Map.of());
        }

        Map<String, Object> forTemplate() {
            var message = new LinkedHashMap<String, Object>(more);
            message.put("role", role);
            message.put("content", text);
            return message;
        }
    }

    /**
     * Renders a conversation by the model's chat template. A template that refuses system messages gets them at the
     * beginning of the first user's. A model without a template gets the messages' texts alone, with blank lines between.
     *
     * @param tools that the model may call
     * @throws MendableException if a message is more than text, the template refuses the conversation, or there are tools and it
     *     has no place for them
     */
    int[] tokens(List<ChatMessage> messages, List<ToolSpecification> tools) {
        var turns = messages.stream().map(ChatPrompts::turn).toList();
        boolean calls =
                !tools.isEmpty() || turns.stream().anyMatch(turn -> !turn.more().isEmpty());
        if (calls && !tokenizer.knowsTools()) {
            throw new MendableException(
                    "This model was not taught to call tools, its chat template has no place for them: leave"
                            + " the tools out, or name a model that knows them.");
        }
        return tokenizer.chats()
                ? encoded(rendered(turns, ToolCalls.described(tools)), false)
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

    private String rendered(List<Turn> turns, List<Map<String, Object>> tools) {
        try {
            return render(turns, tools);
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
            return render(merged, tools);
        }
    }

    private String render(List<Turn> turns, List<Map<String, Object>> tools) {
        return tokenizer.chat(turns.stream().map(Turn::forTemplate).toList(), tools, true);
    }

    private static Turn turn(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> new Turn("system", system.text());
            case UserMessage user -> new Turn("user", text(user));
            case AiMessage answer
            when answer.hasToolExecutionRequests() ->
                new Turn(
                        "assistant",
                        answer.text() == null ? "" : answer.text(),
                        Map.of("tool_calls", ToolCalls.made(answer.toolExecutionRequests())));
            case AiMessage answer when answer.text() != null -> new Turn("assistant", answer.text());
            case ToolExecutionResultMessage result -> {
                var more = new LinkedHashMap<String, Object>();
                more.put("tool_call_id", result.id() == null ? "" : result.id());
                more.put("name", result.toolName() == null ? "" : result.toolName());
                yield new Turn("tool", result.text(), more);
            }
            default ->
                throw new MendableException(
                        "Language models in this process take system, user, assistant and tool messages of"
                                + " text: leave out the message of the type " + message.type() + ".");
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
