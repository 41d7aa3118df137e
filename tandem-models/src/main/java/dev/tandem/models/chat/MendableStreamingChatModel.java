package dev.tandem.models.chat;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;

/**
 * A model whose failures are explained, and whose stream counts as whole only when the model itself said that it was
 * done: a connection that closes early looks like a proper end otherwise.
 */
final class MendableStreamingChatModel implements StreamingChatModel {
    private final StreamingChatModel model;
    private final ChatFailures failures;

    MendableStreamingChatModel(StreamingChatModel model, ChatFailures failures) {
        this.model = model;
        this.failures = failures;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        try {
            model.doChat(request, new Explaining(handler));
        } catch (RuntimeException e) {
            throw failures.explain(e);
        }
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

    private final class Explaining implements StreamingChatResponseHandler {
        private final StreamingChatResponseHandler handler;

        Explaining(StreamingChatResponseHandler handler) {
            this.handler = handler;
        }

        @Override
        public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
            handler.onPartialResponse(response, context);
        }

        @Override
        public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
            handler.onPartialThinking(thinking, context);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            if (response.finishReason() == null) {
                handler.onError(failures.incomplete());
            } else {
                handler.onCompleteResponse(response);
            }
        }

        @Override
        public void onError(Throwable failure) {
            handler.onError(failures.explain(failure));
        }
    }
}
