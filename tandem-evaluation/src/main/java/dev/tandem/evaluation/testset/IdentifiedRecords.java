package dev.tandem.evaluation.testset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSONL file of a person's own, whose records have an {@code id}; every text must be written as one. One record at a
 * time, for one thread.
 */
final class IdentifiedRecords implements AutoCloseable {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private final Path file;
    private final NumberedLines lines;
    private final Map<String, Long> firstLines = new HashMap<>();

    /** @throws MendableException when the file cannot be opened */
    IdentifiedRecords(Path file) {
        this.file = file;
        this.lines = new NumberedLines(file);
    }

    /** The next record; an id that came before is refused. */
    Optional<Fields> next() {
        return lines.next().map(this::parse);
    }

    @Override
    public void close() {
        lines.close();
    }

    private Fields parse(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException cause) {
            throw lines.error(
                    "the line is no JSON (" + Shortened.of(cause.getOriginalMessage()) + ")",
                    "write one object a line");
        }
        if (!node.isObject()) {
            throw lines.error("the line is no JSON object", "write one object a line");
        }
        var fields = new Fields(id(node), node);
        var first = firstLines.putIfAbsent(fields.id, lines.number());
        if (first != null) {
            throw lines.error(
                    "the id '" + Shortened.of(fields.id) + "' came before, in line " + first,
                    "give every record an id of its own");
        }
        return fields;
    }

    private String id(JsonNode node) {
        var id = node.path("id");
        if (id.isIntegralNumber()) {
            return id.asText();
        }
        var text = new Fields("", node).text("id");
        if (text.isBlank()) {
            throw lines.error("\"id\" is empty", "give every record an id");
        }
        return text;
    }

    /** The fields of the record last read. */
    final class Fields {
        private final String id;
        private final JsonNode node;

        private Fields(String id, JsonNode node) {
            this.id = id;
            this.node = node;
        }

        String id() {
            return id;
        }

        /** Where the record stands. */
        String place() {
            return file + ", line " + lines.number();
        }

        /** A field that must be there. */
        String text(String field) {
            if (!node.has(field)) {
                throw lines.error("the field \"" + field + "\" is missing", "add it");
            }
            return text(node.path(field), "\"" + field + "\"");
        }

        /** At least one text, in a field of many or in one of its own for a single text. */
        List<String> texts(String many, String single) {
            if (node.has(many) && node.has(single)) {
                throw lines.error("there are \"" + many + "\" and \"" + single + "\"", "keep one of them");
            }
            if (node.has(single)) {
                return List.of(text(single));
            }
            if (!node.has(many)) {
                throw lines.error("the field \"" + many + "\" is missing", "add it (or \"" + single + "\")");
            }
            var list = node.path(many);
            if (!list.isArray()) {
                throw lines.error("\"" + many + "\" is no list", "write [\"...\"], or \"" + single + "\" for one text");
            }
            if (list.isEmpty()) {
                throw lines.error("\"" + many + "\" is an empty list", "name at least one, or leave the record out");
            }
            var texts = new ArrayList<String>();
            for (var each : list) {
                texts.add(text(each, "\"" + many + "\", number " + (texts.size() + 1) + ","));
            }
            return texts;
        }

        /** A text that may be missing or null. */
        Optional<String> optionalText(String field) {
            return node.hasNonNull(field) ? Optional.of(text(field)) : Optional.empty();
        }

        /** Texts that may be missing; an empty list says the same. */
        List<String> optionalTexts(String field) {
            return node.path(field).isMissingNode()
                            || node.path(field).isEmpty() && node.path(field).isArray()
                    ? List.of()
                    : texts(field, "");
        }

        /** True or false; false where it is missing. */
        boolean flag(String field) {
            var value = node.path(field);
            if (!value.isMissingNode() && !value.isBoolean()) {
                throw error("\"" + field + "\" is no flag", "write true or false");
            }
            return value.asBoolean();
        }

        /** What is wrong with this record, with its place. */
        MendableException error(String wrong, String mend) {
            return lines.error(wrong, mend);
        }

        private String text(JsonNode value, String name) {
            if (!value.isTextual()) {
                var is = value.isNull() ? "null" : Shortened.of(value.toString());
                throw lines.error(name + " is " + is + ", which is no text", "write it between quotes");
            }
            return value.asText();
        }
    }
}
