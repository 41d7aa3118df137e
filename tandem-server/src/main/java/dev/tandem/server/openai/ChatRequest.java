package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.http.Description;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code POST /v1/chat/completions} takes: OpenAI's fields, and {@code filter}. */
@Description("A conversation to go on with.")
public record ChatRequest(
        @Description("A strategy (tandem/rag, tandem/hybrid), the base model, or an adapter: see /v1/models.")
        String model,

        List<Message> messages,
        Optional<Boolean> stream,
        Optional<StreamOptions> streamOptions,
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Integer> maxTokens,
        Optional<Integer> maxCompletionTokens,

        @Description("A text or several, at which the answer ends.")
        Optional<JsonNode> stop,

        @Description("The same seed and request give the same answer, where the model honours it.")
        Optional<Long> seed,

        Optional<Double> presencePenalty,
        Optional<Double> frequencyPenalty,

        @Description("Functions that the model may ask for; passed through to a model that knows tools.")
        Optional<List<Tool>> tools,

        Optional<JsonNode> toolChoice,
        Optional<Boolean> parallelToolCalls,

        @Description("text, json_object, or json_schema with a schema.")
        Optional<ResponseFormat> responseFormat,

        @Description("How many answers; only 1.") Optional<Integer> n,

        Optional<Boolean> logprobs,
        Optional<Integer> topLogprobs,
        Optional<Map<String, Double>> logitBias,
        Optional<String> user,
        Optional<Boolean> store,
        Optional<Map<String, String>> metadata,
        Optional<String> serviceTier,
        Optional<String> reasoningEffort,
        Optional<String> verbosity,
        Optional<String> safetyIdentifier,
        Optional<String> promptCacheKey,
        Optional<List<String>> modalities,

        @Description("Which documents may be used, in Tandem's filter language: department = \"hr\".")
        Optional<String> filter) {
    public ChatRequest {
        // Jackson gives a tree that is missing as a null node.
        stop = stop.filter(node -> !node.isNull());
        toolChoice = toolChoice.filter(node -> !node.isNull());
    }

    /** A message. */
    public record Message(
            @Description("system, developer, user, assistant or tool.")
            String role,

            @Description("A text, or parts of type text.") Optional<JsonNode> content,

            Optional<String> name,
            Optional<List<ToolCall>> toolCalls,
            Optional<String> toolCallId,
            Optional<JsonNode> refusal,
            Optional<JsonNode> annotations,
            Optional<JsonNode> audio,
            Optional<JsonNode> functionCall) {
        public Message {
            content = content.filter(node -> !node.isNull());
        }
    }

    /** What comes with a stream. */
    public record StreamOptions(Optional<Boolean> includeUsage, Optional<Boolean> includeObfuscation) {}

    /** A function that the model may ask for. */
    public record Tool(String type, Function function) {}

    /** Its name and its parameters, by a JSON Schema. */
    public record Function(
            String name, Optional<String> description, Optional<JsonNode> parameters, Optional<Boolean> strict) {
        public Function {
            parameters = parameters.filter(node -> !node.isNull());
        }
    }

    /** A call that the model asked for. */
    public record ToolCall(String id, String type, Called function) {}

    /** What is called. */
    public record Called(String name, String arguments) {}

    /** What the answer must be. */
    public record ResponseFormat(String type, Optional<JsonSchema> jsonSchema) {}

    /** The schema of an answer. */
    public record JsonSchema(
            String name, Optional<String> description, Optional<JsonNode> schema, Optional<Boolean> strict) {
        public JsonSchema {
            schema = schema.filter(node -> !node.isNull());
        }
    }

    boolean streams() {
        return stream.orElse(false);
    }

    boolean includesUsage() {
        return streamOptions.flatMap(StreamOptions::includeUsage).orElse(false);
    }
}
