package dev.tandem.decoder.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Functions that a model may call: described as chat templates want them, and calls read from what the model wrote. Models write them in
 * one of three ways, which their templates teach: JSON between {@code <tool_call>} marks (Hermes, Qwen, SmolLM3), JSON as the whole answer
 * (Llama 3), or a list of it (Mistral).
 */
final class ToolCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MARKED =
            Pattern.compile("<tool_call>\\s*(.*?)\\s*(?:</tool_call>|\\z)", Pattern.DOTALL);

    private ToolCalls() {}

    /**
     * What a model wrote.
     *
     * @param text without the calls
     */
    record Read(String text, List<ToolExecutionRequest> calls) {}

    /** Functions in OpenAI's form. */
    static List<Map<String, Object>> described(List<ToolSpecification> tools) {
        return tools.stream().map(ToolCalls::described).toList();
    }

    private static Map<String, Object> described(ToolSpecification tool) {
        var function = new LinkedHashMap<String, Object>();
        function.put("name", tool.name());
        function.put("description", tool.description() == null ? "" : tool.description());
        function.put(
                "parameters",
                tool.parameters() == null
                        ? Map.of("type", "object", "properties", Map.of())
                        : JsonSchemaElementUtils.toMap(tool.parameters()));
        return Map.of("type", "function", "function", function);
    }

    /** Calls that were made before, in OpenAI's form, but for the arguments, which templates want as values. */
    static List<Map<String, Object>> made(List<ToolExecutionRequest> calls) {
        return calls.stream()
                .map(call -> Map.<String, Object>of(
                        "id",
                        call.id() == null ? "" : call.id(),
                        "type",
                        "function",
                        "function",
                        Map.of("name", call.name(), "arguments", arguments(call))))
                .toList();
    }

    private static Map<String, Object> arguments(ToolExecutionRequest call) {
        try {
            return call.arguments() == null || call.arguments().isBlank()
                    ? Map.of()
                    : JSON.readValue(call.arguments(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    "The arguments of the call of " + call.name() + " are no JSON object: give them as the model wrote"
                            + " them.",
                    e);
        }
    }

    /**
     * The calls in an answer. What is no call of a function that the model may call stays text.
     *
     * @param names of the functions that it may call
     */
    static Read read(String answer, Set<String> names) {
        var calls = new ArrayList<ToolExecutionRequest>();
        var text = new StringBuilder();
        var marked = MARKED.matcher(answer);
        while (marked.find()) {
            boolean isCall = add(marked.group(1), names, calls);
            marked.appendReplacement(text, isCall ? "" : java.util.regex.Matcher.quoteReplacement(marked.group()));
        }
        marked.appendTail(text);
        if (calls.isEmpty() && add(answer, names, calls)) {
            return new Read("", calls);
        }
        return new Read(calls.isEmpty() ? answer : text.toString().strip(), calls);
    }

    /** Adds what a text calls, if all of it is calls. */
    private static boolean add(String text, Set<String> names, List<ToolExecutionRequest> calls) {
        var found = new ArrayList<ToolExecutionRequest>();
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text.strip())) {
            while (values.hasNextValue()) {
                var value = values.nextValue();
                for (var call : value.isArray() ? value : List.of(value)) {
                    var name = call.path("name").asText();
                    var arguments = call.has("arguments") ? call.get("arguments") : call.path("parameters");
                    if (!names.contains(name) || !arguments.isObject() && !arguments.isMissingNode()) {
                        return false;
                    }
                    found.add(ToolExecutionRequest.builder()
                            .id("call_" + (calls.size() + found.size()))
                            .name(name)
                            .arguments(arguments.isMissingNode() ? "{}" : arguments.toString())
                            .build());
                }
            }
        } catch (IOException noJson) {
            return false;
        }
        calls.addAll(found);
        return !found.isEmpty();
    }
}
