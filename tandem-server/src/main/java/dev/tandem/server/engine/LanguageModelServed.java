package dev.tandem.server.engine;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.tandem.models.chat.ChatStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A language model by itself, without the documents: the base, an adapter on it, or a server's. */
final class LanguageModelServed implements ServedModel {
    private final String id;
    private final Optional<String> name;
    private final Supplier<? extends StreamingChatModel> model;
    private final Duration silence;

    /**
     * A model.
     *
     * @param name by which the model knows it, where it has several; it is asked for nothing else without one
     * @param silence the longest wait for its next word
     */
    LanguageModelServed(
            String id, Optional<String> name, Supplier<? extends StreamingChatModel> model, Duration silence) {
        this.id = id;
        this.name = name;
        this.model = model;
        this.silence = silence;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String owner() {
        return "workspace";
    }

    @Override
    public boolean retrieves() {
        return false;
    }

    @Override
    public Reply reply(Conversation conversation, Consumer<String> partial) {
        long asked = System.nanoTime();
        var parameters = name.map(each -> conversation
                        .parameters()
                        .overrideWith(
                                ChatRequestParameters.builder().modelName(each).build()))
                .orElse(conversation.parameters());
        var request = ChatRequest.builder()
                .messages(conversation.messages())
                .parameters(parameters)
                .build();
        var response = ChatStream.read(model.get(), request, silence, partial);
        return reply(response, Duration.ofNanos(System.nanoTime() - asked));
    }

    private static Reply reply(ChatResponse response, Duration taken) {
        var message = response.aiMessage();
        Optional<TokenUsage> usage = Optional.ofNullable(response.tokenUsage());
        return new Reply(
                message.text() == null ? "" : message.text(),
                false,
                List.of(),
                List.of(),
                List.of(),
                message.hasToolExecutionRequests() ? message.toolExecutionRequests() : List.of(),
                ending(response.finishReason(), message.hasToolExecutionRequests()),
                usage.map(TokenUsage::inputTokenCount).orElse(0),
                usage.map(TokenUsage::outputTokenCount).orElse(0),
                Map.of("generate", taken, "total", taken));
    }

    private static Reply.Ending ending(@Nullable FinishReason reason, boolean hasToolCalls) {
        if (hasToolCalls) {
            return Reply.Ending.TOOL_CALLS;
        }
        return switch (reason) {
            case LENGTH -> Reply.Ending.LENGTH;
            case CONTENT_FILTER -> Reply.Ending.CONTENT_FILTER;
            case null, default -> Reply.Ending.STOP;
        };
    }
}
