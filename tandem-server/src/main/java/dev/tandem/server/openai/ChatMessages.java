package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.server.access.Caller;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.JsonBodies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** OpenAI's request as LangChain4j's. What cannot be honoured is refused by name rather than passed over. */
final class ChatMessages {
    private static final int MOST_STOPS = 4;

    private ChatMessages() {}

    static Conversation conversation(ChatRequest request, int maxQuestion, Caller caller) {
        refuse(request.n().orElse(1) != 1, "n", "one answer is given: ask several times");
        refuse(request.logprobs().orElse(false), "logprobs", "they are not told");
        refuse(request.logitBias().map(bias -> !bias.isEmpty()).orElse(false), "logit_bias", "leave it out");
        if (request.messages().isEmpty()) {
            throw ApiError.invalid("'messages' is empty: send at least the user's question.", "messages");
        }
        var messages = new ArrayList<ChatMessage>();
        for (int i = 0; i < request.messages().size(); i++) {
            messages.add(message(request.messages().get(i), "messages[" + i + "]", maxQuestion));
        }
        return new Conversation(messages, parameters(request), caller.visible(filter(request)));
    }

    private static Filter filter(ChatRequest request) {
        try {
            return request.filter().map(FilterParser::parse).orElseGet(Filter.All::new);
        } catch (MendableException e) {
            throw ApiError.invalid(String.valueOf(e.getMessage()), "filter");
        }
    }

    private static ChatMessage message(ChatRequest.Message message, String place, int maxQuestion) {
        var text = message.content().map(content -> text(content, place)).orElse("");
        if (text.length() > maxQuestion && message.role().equals("user")) {
            throw ApiError.invalid(
                    "The message has " + text.length() + " characters; at most " + maxQuestion
                            + " are taken (serve.max_question in tandem.yaml).",
                    place + ".content");
        }
        return switch (message.role()) {
            case "system", "developer" -> SystemMessage.from(given(text, place));
            case "user" -> UserMessage.from(given(text, place));
            case "assistant" -> assistant(message, text, place);
            case "tool" ->
                ToolExecutionResultMessage.from(
                        message.toolCallId()
                                .orElseThrow(() -> ApiError.invalid(
                                        "Missing required parameter: '" + place + ".tool_call_id'.",
                                        place + ".tool_call_id")),
                        message.name().orElse("tool"),
                        text);
            default ->
                throw ApiError.invalid(
                        "Invalid value: '" + message.role()
                                + "'. Supported values are: 'system', 'developer', 'user', 'assistant', and 'tool'.",
                        place + ".role");
        };
    }

    private static String given(String text, String place) {
        if (text.isBlank()) {
            throw ApiError.invalid("'" + place + ".content' is empty.", place + ".content");
        }
        return text;
    }

    private static AiMessage assistant(ChatRequest.Message message, String text, String place) {
        var calls = message.toolCalls().orElse(List.of()).stream()
                .map(call -> ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.function().name())
                        .arguments(call.function().arguments())
                        .build())
                .toList();
        return calls.isEmpty() ? AiMessage.from(given(text, place)) : AiMessage.from(text, calls);
    }

    private static String text(JsonNode content, String place) {
        if (content.isTextual()) {
            return content.asText();
        }
        if (content.isNull()) {
            return "";
        }
        if (!content.isArray()) {
            throw ApiError.invalid("'" + place + ".content' must be a text or a list of parts.", place + ".content");
        }
        var texts = StreamSupport.stream(content.spliterator(), false)
                .map(part -> {
                    if (!part.path("type").asText().equals("text")
                            || !part.path("text").isTextual()) {
                        throw ApiError.invalid(
                                "'" + place + ".content' has a part of type '"
                                        + part.path("type").asText() + "': only text is taken.",
                                place + ".content");
                    }
                    return part.path("text").asText();
                })
                .toList();
        return String.join("\n", texts);
    }

    private static ChatRequestParameters parameters(ChatRequest request) {
        var parameters = OpenAiChatRequestParameters.builder();
        request.temperature().ifPresent(value -> parameters.temperature(within("temperature", value, 0, 2)));
        request.topP().ifPresent(value -> parameters.topP(within("top_p", value, 0, 1)));
        request.presencePenalty()
                .ifPresent(value -> parameters.presencePenalty(within("presence_penalty", value, -2, 2)));
        request.frequencyPenalty()
                .ifPresent(value -> parameters.frequencyPenalty(within("frequency_penalty", value, -2, 2)));
        request.maxCompletionTokens()
                .or(request::maxTokens)
                .ifPresent(value ->
                        parameters.maxOutputTokens((int) within("max_completion_tokens", value, 1, Integer.MAX_VALUE)));
        request.stop().ifPresent(stop -> parameters.stopSequences(stops(stop)));
        request.seed().ifPresent(seed -> parameters.seed((int) (seed ^ seed >>> 32)));
        request.tools()
                .filter(tools -> !tools.isEmpty())
                .ifPresent(tools -> parameters.toolSpecifications(
                        tools.stream().map(ChatMessages::tool).toList()));
        request.toolChoice().flatMap(ChatMessages::choice).ifPresent(parameters::toolChoice);
        request.responseFormat().flatMap(ChatMessages::format).ifPresent(parameters::responseFormat);
        return parameters.build();
    }

    private static double within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw ApiError.invalid("'" + name + "' must be from " + least + " to " + most + ".", name);
        }
        return value;
    }

    private static List<String> stops(JsonNode stop) {
        if (stop.isNull()) {
            return List.of();
        }
        var stops = stop.isTextual()
                ? List.of(stop.asText())
                : StreamSupport.stream(stop.spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(text -> !text.isEmpty())
                        .toList();
        if (stops.size() > MOST_STOPS) {
            throw ApiError.invalid("'stop' may have " + MOST_STOPS + " texts at most.", "stop");
        }
        return stops;
    }

    private static ToolSpecification tool(ChatRequest.Tool tool) {
        var specification = ToolSpecification.builder().name(tool.function().name());
        tool.function().description().ifPresent(specification::description);
        specification.parameters(tool.function()
                .parameters()
                .map(ToolParameters::schema)
                .orElseGet(() -> JsonObjectSchema.builder().build()));
        return specification.build();
    }

    private static Optional<ToolChoice> choice(JsonNode choice) {
        return switch (choice.asText("")) {
            case "auto" -> Optional.of(ToolChoice.AUTO);
            case "required" -> Optional.of(ToolChoice.REQUIRED);
            case "none" -> Optional.of(ToolChoice.NONE);
            default -> throw ApiError.invalid("'tool_choice' must be auto, required or none.", "tool_choice");
        };
    }

    private static Optional<ResponseFormat> format(ChatRequest.ResponseFormat format) {
        return switch (format.type()) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(ResponseFormat.JSON);
            case "json_schema" -> {
                var schema = format.jsonSchema()
                        .orElseThrow(() -> ApiError.invalid(
                                "Missing required parameter: 'response_format.json_schema'.",
                                "response_format.json_schema"));
                yield Optional.of(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(schema.name())
                                .rootElement(JsonRawSchema.from(JsonBodies.text(schema.schema()
                                        .orElseGet(() -> JsonBodies.mapper().createObjectNode()))))
                                .build())
                        .build());
            }
            default ->
                throw ApiError.invalid(
                        "'response_format.type' must be text, json_object or json_schema.", "response_format.type");
        };
    }

    private static void refuse(boolean asked, String what, String instead) {
        if (asked) {
            throw ApiError.invalid("'" + what + "' is not supported: " + instead + ".", what);
        }
    }
}
