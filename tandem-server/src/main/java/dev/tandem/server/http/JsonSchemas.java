package dev.tandem.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON Schemas (2020-12, as OpenAPI 3.1 has them) of the records that are sent and taken, each by its name. */
final class JsonSchemas {
    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<String, Class<?>> classes = new TreeMap<>();
    private final boolean strict;

    /** @param strict whether fields that a record does not have are ruled out, as in requests and in tests of replies */
    JsonSchemas(boolean strict) {
        this.strict = strict;
    }

    /** All that were asked for, by name. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /** A type's schema, records by reference. */
    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            var raw = (Class<?>) generic.getRawType();
            if (raw == Optional.class) {
                return of(arguments[0]);
            }
            if (Collection.class.isAssignableFrom(raw)) {
                var array = simple("array");
                array.set("items", of(arguments[0]));
                return array;
            }
            if (Map.class.isAssignableFrom(raw)) {
                var map = simple("object");
                map.set("additionalProperties", of(arguments[1]));
                return map;
            }
            return ofClass(raw);
        }
        return ofClass((Class<?>) type);
    }

    private ObjectNode ofClass(Class<?> type) {
        if (type == String.class) {
            return simple("string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return simple("boolean");
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return simple("integer");
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return simple("number");
        }
        if (type == Instant.class) {
            return simple("string").put("format", "date-time");
        }
        if (type == Duration.class) {
            return simple("string").put("format", "duration");
        }
        if (type == byte[].class) {
            return simple("string").put("format", "binary");
        }
        if (type.isEnum()) {
            return choices(type);
        }
        if (type.isRecord()) {
            return reference(type);
        }
        if (JsonNode.class.isAssignableFrom(type) || type == Object.class) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw new IllegalArgumentException("No JSON Schema for " + type);
    }

    private ObjectNode reference(Class<?> type) {
        var name = name(type);
        var before = classes.putIfAbsent(name, type);
        if (before == null) {
            named.put(name, JsonNodeFactory.instance.objectNode());
            named.put(name, object(type));
        } else if (before != type) {
            throw new IllegalArgumentException("Two bodies are called " + name + ": " + before + ", " + type);
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** A record in another is named after both, since a Details or an Item may be in several. */
    private static String name(Class<?> type) {
        var outer = type.getDeclaringClass();
        return (outer == null ? "" : outer.getSimpleName()) + type.getSimpleName();
    }

    private ObjectNode object(Class<?> type) {
        var schema = simple("object");
        var description = type.getAnnotation(Description.class);
        if (description != null) {
            schema.put("description", description.value());
        }
        var properties = schema.putObject("properties");
        var required = JsonNodeFactory.instance.arrayNode();
        for (var component : type.getRecordComponents()) {
            properties.set(JsonBodies.name(component), property(component, type));
            if (component.getType() != Optional.class) {
                required.add(JsonBodies.name(component));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (strict) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private ObjectNode property(RecordComponent component, Class<?> type) {
        var schema = of(component.getGenericType());
        if (component.getType() == Optional.class && sendsNull(component, type)) {
            schema = orNull(schema);
        }
        var description = component.getAnnotation(Description.class);
        if (description != null) {
            schema.put("description", description.value());
        }
        return schema;
    }

    private static boolean sendsNull(RecordComponent component, Class<?> type) {
        var own = component.getAccessor().getAnnotation(JsonInclude.class);
        var all = type.getAnnotation(JsonInclude.class);
        return (own != null && own.value() == JsonInclude.Include.ALWAYS)
                || (own == null && all != null && all.value() == JsonInclude.Include.ALWAYS);
    }

    private static ObjectNode orNull(ObjectNode schema) {
        var either = JsonNodeFactory.instance.objectNode();
        either.putArray("anyOf").add(schema).add(simple("null"));
        return either;
    }

    private static ObjectNode choices(Class<?> type) {
        var schema = simple("string");
        ArrayNode values = schema.putArray("enum");
        for (Object choice : type.getEnumConstants()) {
            values.add(JsonBodies.mapper().valueToTree(choice));
        }
        return schema;
    }

    private static ObjectNode simple(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
