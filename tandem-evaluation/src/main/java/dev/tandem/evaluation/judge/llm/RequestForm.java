package dev.tandem.evaluation.judge.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.tandem.models.chat.RepeatableRequests;

/** How much a model's server is asked for; what one refuses is left out from then on. In this order. */
enum RequestForm {
    /** The reply held to a schema, the likeliest words, a seed. */
    SCHEMA,
    /** The likeliest words and a seed; the prompt alone asks for JSON. */
    REPEATABLE,
    /** Nothing: for models that refuse a temperature. */
    PLAIN;

    /** What is tried when a server refuses this. */
    RequestForm less() {
        return this == SCHEMA ? REPEATABLE : PLAIN;
    }

    ChatRequestParameters parameters(ChatModel model, ResponseFormat format, int seed) {
        return switch (this) {
            case SCHEMA -> {
                var builder = RepeatableRequests.parameters(model, seed);
                builder.responseFormat(format);
                yield builder.build();
            }
            case REPEATABLE -> RepeatableRequests.parameters(model, seed).build();
            case PLAIN -> ChatRequestParameters.builder().build();
        };
    }
}
