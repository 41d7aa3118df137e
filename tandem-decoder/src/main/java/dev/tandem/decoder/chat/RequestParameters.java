package dev.tandem.decoder.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** LangChain4j's parameters as ours; what cannot be honoured is refused rather than passed over. */
final class RequestParameters {
    /** Longest answer where nobody names one and the context has the room. */
    private static final int LONGEST_ANSWER = 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestParameters() {}

    /**
     * How a request is answered.
     *
     * @param promptTokens the prompt's length
     * @param context tokens that prompt and answer may have together
     * @throws MendableException if something is asked for that is unknown here, out of range, or too long
     */
    static Sampling sampling(ChatRequestParameters parameters, int promptTokens, int context, long seed) {
        refuse(
                parameters.toolChoice() == ToolChoice.REQUIRED
                        && !tools(parameters).isEmpty(),
                "tool_choice required",
                "let the model choose, with auto");
        refuse(
                isNotZero(parameters.frequencyPenalty()) || isNotZero(parameters.presencePenalty()),
                "frequencyPenalty and presencePenalty",
                "leave them out");
        return new Sampling(
                orElse(parameters.temperature(), 0.0),
                orElse(parameters.topK(), 0),
                orElse(parameters.topP(), 1.0),
                0,
                1,
                longestAnswer(parameters.maxOutputTokens(), promptTokens, context),
                orElse(parameters.stopSequences(), List.of()),
                seed);
    }

    /** The functions that the model may call. */
    static List<ToolSpecification> tools(ChatRequestParameters parameters) {
        return parameters.toolSpecifications() == null || parameters.toolChoice() == ToolChoice.NONE
                ? List.of()
                : parameters.toolSpecifications();
    }

    /** The seed that a request names, by OpenAI's parameters; LangChain4j's own have none. */
    static OptionalLong seed(ChatRequestParameters parameters) {
        return parameters instanceof OpenAiChatRequestParameters named && named.seed() != null
                ? OptionalLong.of(named.seed())
                : OptionalLong.empty();
    }

    /** What the answer must be: the JSON Schema that is asked for, any JSON object, or none for any text. */
    static Optional<JsonNode> schema(ChatRequestParameters parameters) {
        var format = parameters.responseFormat();
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return Optional.empty();
        }
        Map<String, Object> schema = format.jsonSchema() == null
                ? Map.of("type", "object", "additionalProperties", true)
                : JsonSchemaElementUtils.toMap(format.jsonSchema().rootElement());
        return Optional.of(JSON.valueToTree(schema));
    }

    private static int longestAnswer(@Nullable Integer asked, int promptTokens, int context) {
        int room = context - promptTokens;
        int longest = asked != null ? asked : Math.max(1, Math.min(room, LONGEST_ANSWER));
        if (longest > room) {
            throw new MendableException("The prompt has " + promptTokens + " tokens and the answer may have up to "
                    + longest + ", but the model's context is " + context
                    + ": shorten the prompt or lower max_output_tokens.");
        }
        return longest;
    }

    private static void refuse(boolean asked, String what, String instead) {
        if (asked) {
            throw new MendableException(
                    "Language models in this process do not know " + what + " yet: " + instead + ".");
        }
    }

    private static boolean isNotZero(@Nullable Double penalty) {
        return penalty != null && penalty != 0;
    }

    private static <T> T orElse(@Nullable T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
