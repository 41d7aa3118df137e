package dev.tandem.decoder.constraint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The types of JSON Schema, each with the keywords that say something about its values only. */
enum ValueType {
    OBJECT("properties", "required", "additionalProperties"),
    ARRAY("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    STRING("minLength", "maxLength", "pattern"),
    NUMBER("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    INTEGER("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    BOOLEAN,
    NULL;

    private final Set<String> keywords;

    ValueType(String... keywords) {
        this.keywords = Set.of(keywords);
    }

    static Optional<ValueType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.word().equals(name)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Set<String> keywords() {
        return keywords;
    }
}
