package dev.tandem.evaluation.judge.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.evaluation.judge.Exchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lines of {@code {"id", "context": [...], "answer", "question"?, "reference"?, "label"?}}. */
final class Exchanges {
    private Exchanges() {}

    /**
     * An answer to judge.
     *
     * @param label whether people found it supported; read only where labels are wanted
     */
    record Labelled(Exchange exchange, Optional<Boolean> label) {
        int chars() {
            return exchange.answer().length()
                    + exchange.context().stream().mapToInt(String::length).sum();
        }
    }

    static RecordLines<Labelled> open(Path file, boolean labels, Consumer<String> fault) {
        return new RecordLines<>(file, fault, fields -> {
            var context = context(fields);
            var answer = fields.required("answer");
            var exchange = new Exchange(context, answer, fields.text("question"), fields.text("reference"));
            return new Labelled(exchange, labels ? label(fields) : Optional.empty());
        });
    }

    private static List<String> context(RecordLines<Labelled>.Fields fields) {
        var node = fields.value("context").orElseThrow(() -> fields.missing("context"));
        var texts = new ArrayList<String>();
        for (var each : node.isArray() ? node : List.of(node)) {
            if (!each.isTextual()) {
                throw fields.error("\"context\" holds what is no text", "write it as [\"...\", \"...\"]");
            }
            texts.add(each.asText());
        }
        if (texts.stream().noneMatch(Exchange::says)) {
            throw fields.error("\"context\" is empty", "give the texts that the answer should rest on");
        }
        return texts;
    }

    private static Optional<Boolean> label(RecordLines<Labelled>.Fields fields) {
        var label = fields.value("label");
        if (label.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = label.get();
        if (value.isBoolean()) {
            return Optional.of(value.asBoolean());
        }
        if (value.isIntegralNumber() && (value.asLong() == 0 || value.asLong() == 1)) {
            return Optional.of(value.asLong() == 1);
        }
        throw fields.error(
                "\"label\" is " + value + ", which says neither yes nor no", "write true or false, or 1 or 0");
    }
}
