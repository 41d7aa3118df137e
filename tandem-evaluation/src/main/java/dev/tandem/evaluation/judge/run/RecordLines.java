package dev.tandem.evaluation.judge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.testset.NumberedLines;
import dev.tandem.evaluation.testset.Shortened;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * JSON lines with an id each, one at a time; what is wrong with one is told and the line passed over. For one thread.
 *
 * @param <T> what a line says
 */
final class RecordLines<T> implements AutoCloseable {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final Path file;
    private final NumberedLines lines;
    private final Consumer<String> fault;
    private final Function<Fields, T> content;
    private final Set<String> ids = new HashSet<>();

    /** What a line says, with its id and where it stands. */
    record Identified<T>(String id, String place, T content) {}

    /**
     * Opens a file.
     *
     * @param fault is told what is wrong with a line, in a sentence that says how to mend it
     * @throws MendableException when the file cannot be read
     */
    RecordLines(Path file, Consumer<String> fault, Function<Fields, T> content) {
        this.file = file;
        this.lines = new NumberedLines(file);
        this.fault = fault;
        this.content = content;
    }

    /** The next one that is in order. */
    Optional<Identified<T>> next() {
        while (true) {
            long before = lines.number();
            try {
                var line = lines.next();
                return line.map(this::parse);
            } catch (MendableException e) {
                if (lines.number() == before) {
                    throw e;
                }
                fault.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    private Identified<T> parse(String line) {
        var node = object(line);
        var id = id(node);
        var said = content.apply(new Fields(node));
        if (!ids.add(id)) {
            throw lines.error("the id '" + Shortened.of(id) + "' came before", "give every record an id of its own");
        }
        return new Identified<>(id, file + ", line " + lines.number(), said);
    }

    private JsonNode object(String line) {
        try {
            var node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw lines.error(
                    "the line is no JSON (" + Shortened.of(e.getOriginalMessage()) + ")", "write one object a line");
        }
        throw lines.error("the line is no JSON object", "write one object a line");
    }

    private String id(JsonNode node) {
        var id = node.path("id");
        var text = id.isTextual() || id.isIntegralNumber() ? id.asText() : "";
        if (text.isBlank()) {
            throw lines.error("\"id\" is missing or no text", "give every record an id");
        }
        return text;
    }

    @Override
    public void close() {
        lines.close();
    }

    /** The fields of the record last read. */
    final class Fields {
        private final JsonNode node;

        private Fields(JsonNode node) {
            this.node = node;
        }

        /** A field of any kind; missing for null, too. */
        Optional<JsonNode> value(String field) {
            var value = node.path(field);
            return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
        }

        Optional<String> text(String field) {
            var value = value(field);
            if (value.isPresent() && !value.get().isTextual()) {
                throw lines.error("\"" + field + "\" is no text", "write it between quotes");
            }
            return value.map(JsonNode::asText);
        }

        String required(String field) {
            return text(field).orElseThrow(() -> missing(field));
        }

        MendableException missing(String field) {
            return lines.error("the field \"" + field + "\" is missing", "add it");
        }

        /** What is wrong with this record, with its place. */
        MendableException error(String wrong, String mend) {
            return lines.error(wrong, mend);
        }
    }
}
