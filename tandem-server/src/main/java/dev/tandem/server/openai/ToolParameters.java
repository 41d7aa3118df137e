package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.tandem.server.http.JsonBodies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A tool's parameters: the object's own keys as LangChain4j has them, what is within passed on as it came. */
final class ToolParameters {
    private ToolParameters() {}

    static JsonObjectSchema schema(JsonNode parameters) {
        var schema = JsonObjectSchema.builder().addProperties(elements(parameters.path("properties")));
        if (parameters.path("description").isTextual()) {
            schema.description(parameters.path("description").asText());
        }
        if (parameters.path("required").isArray()) {
            schema.required(StreamSupport.stream(parameters.path("required").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        }
        if (parameters.path("additionalProperties").isBoolean()) {
            schema.additionalProperties(parameters.path("additionalProperties").asBoolean());
        }
        var definitions = elements(parameters.path("$defs"));
        return definitions.isEmpty()
                ? schema.build()
                : schema.definitions(definitions).build();
    }

    private static Map<String, JsonSchemaElement> elements(JsonNode object) {
        var elements = new LinkedHashMap<String, JsonSchemaElement>();
        object.properties()
                .forEach(field -> elements.put(field.getKey(), JsonRawSchema.from(JsonBodies.text(field.getValue()))));
        return elements;
    }
}
