package dev.tandem.evaluation.judge.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.function.Function;

/**
 * What a reply must be: a schema for models that can be held to one, and a reader that checks all of it again, because a
 * schema bounds neither numbers nor lengths.
 *
 * @param reader throws {@link UnusableReply}
 */
record Reply<T>(ResponseFormat format, Function<JsonNode, T> reader) {
    static final JsonSchemaElement TEXT = new JsonStringSchema();
    static final JsonSchemaElement NUMBER = JsonIntegerSchema.builder().build();

    /** @param fields names and elements in turn, in the order in which the model should write them */
    static <T> Reply<T> of(String name, Function<JsonNode, T> reader, Object... fields) {
        var format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name(name)
                        .rootElement(object(fields))
                        .build())
                .build();
        return new Reply<>(format, reader);
    }

    static JsonSchemaElement object(Object... fields) {
        var object = JsonObjectSchema.builder().additionalProperties(false);
        var names = new String[fields.length / 2];
        for (int i = 0; i < names.length; i++) {
            names[i] = (String) fields[2 * i];
            object.addProperty(names[i], (JsonSchemaElement) fields[2 * i + 1]);
        }
        return object.required(names).build();
    }

    static JsonSchemaElement listOf(JsonSchemaElement item) {
        return JsonArraySchema.builder().items(item).build();
    }
}
