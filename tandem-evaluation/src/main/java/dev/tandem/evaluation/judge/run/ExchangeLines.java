package dev.tandem.evaluation.judge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.evaluation.testset.NumberedLines;
import dev.tandem.evaluation.testset.Shortened;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lines of {@code {"id", "context": [...], "answer", "question"?}}, one at a time; what is wrong with one is told and the
 * line passed over. For one thread.
 */
final class ExchangeLines implements AutoCloseable {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final NumberedLines lines;
    private final Consumer<String> fault;
    private final Set<String> ids = new HashSet<>();

    /** An exchange with its id and where it stands. */
    record Identified(String id, long line, Exchange exchange) {}

    /**
     * Opens a file.
     *
     * @param fault is told what is wrong with a line, in a sentence that says how to mend it
     * @throws MendableException when the file cannot be read
     */
    ExchangeLines(Path file, Consumer<String> fault) {
        this.lines = new NumberedLines(file);
        this.fault = fault;
    }

    /** The next exchange that is in order. */
    Optional<Identified> next() {
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

    private Identified parse(String line) {
        var node = object(line);
        var id = id(node);
        var context = context(node.path("context"));
        var answer = text(node, "answer").orElseThrow(() -> missing("answer"));
        var question = text(node, "question");
        if (!ids.add(id)) {
            throw lines.error("the id '" + Shortened.of(id) + "' came before", "give every record an id of its own");
        }
        return new Identified(id, lines.number(), new Exchange(context, answer, question));
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

    private List<String> context(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            throw missing("context");
        }
        var texts = new ArrayList<String>();
        for (var each : node.isArray() ? node : List.of(node)) {
            if (!each.isTextual()) {
                throw lines.error("\"context\" holds what is no text", "write it as [\"...\", \"...\"]");
            }
            texts.add(each.asText());
        }
        if (texts.stream().noneMatch(Exchange::says)) {
            throw lines.error("\"context\" is empty", "give the texts that the answer should rest on");
        }
        return texts;
    }

    private Optional<String> text(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw lines.error("\"" + field + "\" is no text", "write it between quotes");
        }
        return Optional.of(value.asText());
    }

    private MendableException missing(String field) {
        return lines.error("the field \"" + field + "\" is missing", "add it");
    }

    @Override
    public void close() {
        lines.close();
    }
}
