package dev.tandem.workspace.strategy;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the tokens that a language model says it read and wrote. Safe for use by many threads. */
final class TokenCount implements ChatModelListener {
    private final AtomicInteger prompt = new AtomicInteger();
    private final AtomicInteger answer = new AtomicInteger();

    /** The same model, counted. */
    StreamingChatModel around(StreamingChatModel model) {
        return new Counted(model, this);
    }

    void reset() {
        prompt.set(0);
        answer.set(0);
    }

    int prompt() {
        return prompt.get();
    }

    int answer() {
        return answer.get();
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        Optional.ofNullable(context.chatResponse().tokenUsage()).ifPresent(usage -> {
            prompt.addAndGet(Optional.ofNullable(usage.inputTokenCount()).orElse(0));
            answer.addAndGet(Optional.ofNullable(usage.outputTokenCount()).orElse(0));
        });
    }

    private record Counted(StreamingChatModel model, ChatModelListener listener) implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            model.chat(request, handler);
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of(listener);
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return model.defaultRequestParameters();
        }

        @Override
        public ModelProvider provider() {
            return model.provider();
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return model.supportedCapabilities();
        }
    }
}
