package dev.tandem.models.chat;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;

/** A model whose failures are explained. */
final class MendableChatModel implements ChatModel {
    private final ChatModel model;
    private final ChatFailures failures;

    MendableChatModel(ChatModel model, ChatFailures failures) {
        this.model = model;
        this.failures = failures;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        ChatResponse response;
        try {
            response = model.doChat(request);
        } catch (RuntimeException e) {
            throw failures.explain(e);
        }
        if (response.finishReason() == null && response.aiMessage().text() == null) {
            throw failures.malformed(new IllegalStateException("neither text nor a reason to stop"));
        }
        return response;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
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
