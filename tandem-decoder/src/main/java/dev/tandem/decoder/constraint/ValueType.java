package dev.tandem.decoder.constraint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The types of JSON Schema. */
enum ValueType {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    NULL;

    static Optional<ValueType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.word().equals(name)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What says something about values of this type only. */
    Set<String> keywords() {
        return switch (this) {
            case OBJECT -> Set.of("properties", "required", "additionalProperties");
            case ARRAY -> Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems");
            case STRING -> Set.of("minLength", "maxLength", "pattern");
            case NUMBER, INTEGER -> Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
            case BOOLEAN, NULL -> Set.of();
        };
    }
}
