package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.tuning.entry.FaultException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A record's values as a form reads them, and records as a form writes them. */
record Fields(int line, ObjectNode values) {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A text that must be there; null is none. */
    String text(String name) {
        var value = values.path(name);
        if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
            throw fault("data_type", "\"" + name + "\" is no text");
        }
        return value.asText("").isEmpty() || value.isNull() ? "" : value.asText();
    }

    /** A text that must be there and not be blank. */
    String needed(String name) {
        var text = text(name);
        if (text.isBlank()) {
            throw fault("missing_content", "\"" + name + "\" is empty");
        }
        return text;
    }

    List<JsonNode> list(String name, String rule) {
        var value = values.path(name);
        if (!value.isArray() || value.isEmpty()) {
            throw fault(rule, "\"" + name + "\" must be a list of messages");
        }
        return List.copyOf(((com.fasterxml.jackson.databind.node.ArrayNode) value)
                .valueStream()
                .toList());
    }

    /** All values but those that the form itself has names for. */
    Map<String, JsonNode> without(Set<String> own) {
        var more = new LinkedHashMap<String, JsonNode>();
        values.properties().stream()
                .filter(each -> !own.contains(each.getKey()))
                .forEach(each -> more.put(each.getKey(), each.getValue()));
        return more;
    }

    FaultException fault(String rule, String message) {
        return new FaultException(line, rule, message);
    }

    /** Adds what else an example has to a record of its own; a name that the record uses itself cannot be kept. */
    static void addMore(Example example, ObjectNode record, Losses losses) {
        example.more().forEach((name, value) -> {
            if (record.has(name)) {
                losses.lost("the field \"" + name + "\", whose name the form uses itself");
            } else {
                record.set(name, value);
            }
        });
        example.fields().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(each -> !record.has(each.getKey()))
                .forEach(each -> record.put(each.getKey(), each.getValue()));
    }
}
