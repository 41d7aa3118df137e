package dev.tandem.evaluation.testset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A JSONL file whose records have an {@code _id} of their own, one record at a time. For one thread. */
final class JsonRecords implements AutoCloseable {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final NumberedLines lines;
    private final Set<String> ids = new HashSet<>();

    JsonRecords(Path file) {
        this.lines = new NumberedLines(file);
    }

    /** The next record; an id that came before is refused. */
    Optional<Fields> next() {
        return lines.next().map(this::parse);
    }

    /** An error of the record last read. */
    MendableException error(String problem, String mend) {
        return lines.error(problem, mend);
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
            throw error(
                    "the line is no JSON (" + Shortened.of(cause.getOriginalMessage()) + ")",
                    "write one object a line");
        }
        if (!node.isObject()) {
            throw error("the line is no JSON object", "write one object a line");
        }
        String id = text(node, "_id").orElseThrow(() -> missing("_id"));
        if (id.isEmpty()) {
            throw error("\"_id\" is empty", "give every record an id");
        }
        if (!ids.add(id)) {
            throw error("the id '" + Shortened.of(id) + "' came before", "give every record an id of its own");
        }
        return new Fields(id, node);
    }

    private Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value.isTextual() || value.isIntegralNumber()) {
            return Optional.of(value.asText());
        }
        throw error("\"" + field + "\" is no text", "write it between quotes");
    }

    private MendableException missing(String field) {
        return error("the field \"" + field + "\" is missing", "add it");
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

        String required(String field) {
            return text(node, field).orElseThrow(() -> missing(field));
        }

        String orEmpty(String field) {
            return text(node, field).orElse("");
        }
    }
}
