package dev.tandem.decoder.constraint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;

/**
 * Which texts are allowed, byte by byte. Every place in it can be completed to a text. Safe for use by many threads.
 *
 * <p>Texts of a JSON Schema are written compactly, with at most one space after a colon or a comma and one before everything;
 * properties come in the schema's order; numbers have at most 15 digits before and after the point.
 */
public final class Grammar {
    private final Rule root;

    Grammar(Rule root) {
        this.root = root;
    }

    /**
     * The JSON texts that a schema (draft 7 to 2020-12) holds for.
     *
     * <p>Understood: {@code type}, {@code enum}, {@code const}, {@code anyOf}, {@code oneOf} (any of its alternatives),
     * {@code allOf} of one, {@code $ref} within the schema, {@code properties}, {@code required}, {@code additionalProperties},
     * {@code items}, {@code prefixItems}, {@code minItems}, {@code maxItems}, {@code minLength}, {@code maxLength}, simple
     * {@code pattern}s, bounds of integers, whole bounds of numbers. Annotations, {@code format} among them, are passed over.
     * Where {@code properties} are given and {@code additionalProperties} is not, there are no others; where
     * {@code prefixItems} are given and {@code items} is not, none follow.
     *
     * @param name what the schema is called in errors, such as its file
     * @throws MendableException for any other keyword, with its JSON pointer, and for a schema that nothing finite satisfies
     */
    public static Grammar ofJsonSchema(JsonNode schema, String name) {
        return new SchemaCompiler(schema, name).grammar();
    }

    Rule root() {
        return root;
    }
}
