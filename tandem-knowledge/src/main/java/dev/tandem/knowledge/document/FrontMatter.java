package dev.tandem.knowledge.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * YAML between two lines of {@code ---} at the head of a text file. Lists become several values, nested mappings fields
 * with a dotted name.
 *
 * @param metadata its fields
 * @param body the text behind it
 */
record FrontMatter(Metadata metadata, String body) {
    private static final ObjectMapper YAML = new YAMLMapper();

    /** The text is no YAML mapping. */
    static final class NotYamlException extends Exception {
        private static final long serialVersionUID = 1L;

        NotYamlException(String message) {
            super(message);
        }
    }

    /** Splits a text; one that has no front matter, or none that is YAML, is all body. */
    static FrontMatter split(String text) {
        if (!text.startsWith("---\n")) {
            return new FrontMatter(Metadata.EMPTY, text);
        }
        int end = text.indexOf("\n---", 3);
        if (end < 0 || end + 4 < text.length() && text.charAt(end + 4) != '\n') {
            return new FrontMatter(Metadata.EMPTY, text);
        }
        try {
            return new FrontMatter(
                    fields(text.substring(4, end + 1)), text.substring(Math.min(text.length(), end + 5)));
        } catch (NotYamlException e) {
            return new FrontMatter(Metadata.EMPTY, text);
        }
    }

    static Metadata fields(String yaml) throws NotYamlException {
        try {
            var tree = YAML.readTree(yaml);
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return Metadata.EMPTY;
            }
            if (!tree.isObject()) {
                throw new NotYamlException("not a mapping");
            }
            var fields = new TreeMap<String, List<FieldValue>>();
            collect("", tree, fields);
            return new Metadata(fields);
        } catch (JsonProcessingException e) {
            throw new NotYamlException(e.getOriginalMessage());
        }
    }

    private static void collect(String prefix, JsonNode mapping, TreeMap<String, List<FieldValue>> fields) {
        mapping.properties().forEach(entry -> {
            var name = prefix + entry.getKey().toLowerCase(Locale.ROOT).strip();
            var value = entry.getValue();
            if (value.isObject()) {
                collect(name + ".", value, fields);
                return;
            }
            var values = new ArrayList<FieldValue>();
            if (value.isArray()) {
                value.forEach(item -> addScalar(item, values));
            } else {
                addScalar(value, values);
            }
            if (!values.isEmpty()) {
                fields.put(name, values);
            }
        });
    }

    private static void addScalar(JsonNode node, List<FieldValue> values) {
        if (node.isNumber()) {
            values.add(new FieldValue.Numeric(node.doubleValue()));
        } else if (node.isBoolean()) {
            values.add(new FieldValue.Flag(node.booleanValue()));
        } else if (node.isTextual() && !node.textValue().isBlank()) {
            values.add(FieldValue.parse(node.textValue()));
        }
    }
}
