package dev.tandem.models.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;

/** What is sent so that a model gives the same reply to the same request, as far as its server can. */
public final class RepeatableRequests {
    private RepeatableRequests() {}

    /**
     * The likeliest word always, and a seed where the protocol knows one: servers that compute in batches may still differ.
     *
     * @return a builder to which more can be added
     */
    public static DefaultChatRequestParameters.Builder<?> parameters(ChatModel model, int seed) {
        DefaultChatRequestParameters.Builder<?> builder = switch (model.provider()) {
            case OPEN_AI -> OpenAiChatRequestParameters.builder().seed(seed);
            case OLLAMA -> OllamaChatRequestParameters.builder().seed(seed);
            default -> ChatRequestParameters.builder();
        };
        return builder.temperature(0.0);
    }
}
