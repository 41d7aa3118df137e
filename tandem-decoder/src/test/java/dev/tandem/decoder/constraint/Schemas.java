package dev.tandem.decoder.constraint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;

/** Schemas as texts, and an independent validator's opinion of what they hold for. */
final class Schemas {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Schemas() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }

    static Grammar grammar(String schema) {
        return Grammar.ofJsonSchema(json(schema), "schema.json");
    }

    static boolean valid(String schema, String text) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(json(schema))
                .validate(json(text))
                .isEmpty();
    }

    /** Whether a grammar allows a whole text. */
    static boolean accepts(Grammar grammar, String text) {
        return accepts(grammar, text.getBytes(StandardCharsets.UTF_8));
    }

    static boolean accepts(Grammar grammar, byte[] text) {
        var automaton = new LazyAutomaton();
        var state = automaton.begin(grammar.root());
        for (byte each : text) {
            state = automaton.next(state, Byte.toUnsignedInt(each));
        }
        return state.mayEnd();
    }
}
