package dev.tandem.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records to JSON and back, with names in snake_case, as OpenAI has them. Strict in what it takes: unknown fields, values of another
 * kind and missing fields are refused by name.
 */
public final class JsonBodies {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private JsonBodies() {}

    /** The mapper itself, for trees. */
    public static ObjectMapper mapper() {
        return JSON;
    }

    /** A value as JSON in a line. */
    public static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not to be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * Reads a body.
     *
     * @throws ApiError 400 if it is no JSON of this shape, with the field at fault
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        if (bytes.length == 0) {
            throw ApiError.invalid("The request has no body: send a JSON object.");
        }
        try {
            T value = JSON.readValue(bytes, type);
            if (value == null) {
                throw ApiError.invalid("The request's body is null: send a JSON object.");
            }
            requireAll(value, "");
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw ApiError.invalid("Unrecognized request argument supplied: " + path(e), path(e));
        } catch (StreamConstraintsException e) {
            throw ApiError.invalid("The JSON body of the request goes too far: " + e.getOriginalMessage());
        } catch (JsonMappingException e) {
            // What a record refuses in its constructor reaches the caller as the record says it.
            if (e.getCause() instanceof ApiError refused) {
                throw refused;
            }
            var field = path(e);
            throw field.isEmpty()
                    ? ApiError.invalid("The request's body must be a JSON object of the documented shape.")
                    : ApiError.invalid("Invalid value for '" + field + "': " + reason(e), field);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw ApiError.invalid("We could not parse the JSON body of your request"
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")") + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(JsonMappingException e) {
        var message = String.valueOf(e.getOriginalMessage());
        int end = message.indexOf("(for Object");
        // Jackson names our classes, which say nothing to a caller.
        return (end < 0 ? message : message.substring(0, end))
                .replaceAll("`?(?:[a-z]\\w*\\.)+(?:\\w+\\$)*(\\w+)(?:<[^`]*>)?`?", "$1")
                .strip();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    /** A field that is no Optional must be there. */
    private static void requireAll(Object value, String path) {
        switch (value) {
            case Record body -> {
                for (var component : body.getClass().getRecordComponents()) {
                    var name = path + (path.isEmpty() ? "" : ".") + name(component);
                    requireAll(required(body, component, name), name);
                }
            }
            case Optional<?> optional -> optional.ifPresent(found -> requireAll(found, path));
            case Collection<?> items -> {
                int index = 0;
                for (Object item : items) {
                    var place = path + "[" + index++ + "]";
                    if (item == null) {
                        throw ApiError.invalid("'" + place + "' is null.", place);
                    }
                    requireAll(item, place);
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, item) -> {
                    if (item == null) {
                        throw ApiError.invalid("'" + path + "." + key + "' is null.", path);
                    }
                });
            default -> {}
        }
    }

    private static Object required(Record body, RecordComponent component, String name) {
        try {
            var found = component.getAccessor().invoke(body);
            if (found == null) {
                throw ApiError.invalid("Missing required parameter: '" + name + "'.", name);
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bodies are public records", e);
        }
    }

    /** What a component is called in JSON. */
    static String name(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named != null && !named.value().isEmpty()
                ? named.value()
                : PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
    }
}
