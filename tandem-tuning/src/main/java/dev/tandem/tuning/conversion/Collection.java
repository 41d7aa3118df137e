package dev.tandem.tuning.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.Entries;
import dev.tandem.tuning.entry.Entry;
import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.entry.FaultException;
import dev.tandem.tuning.entry.TextOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Examples made of records that are none yet: tickets, logs, tables. They are written in the chat form.
 *
 * @param records how many the file has
 * @param written how many became examples
 * @param withoutQuestion how many were left out for an empty question
 * @param withoutAnswer how many were left out for an empty answer, having a question
 */
public record Collection(int records, int written, int withoutQuestion, int withoutAnswer) {
    /**
     * What becomes what. Columns of nested records are paths, as in {@code ticket.messages.0.text}.
     *
     * @param question the question's column
     * @param answer the answer's column
     * @param system a system prompt for all examples
     * @param fields columns to keep, by the name that they get
     * @param replace whether a file that is there may be replaced
     */
    public record Settings(
            String question,
            String answer,
            Optional<String> system,
            Map<String, String> fields,
            TextOptions text,
            boolean replace) {
        public Settings {
            fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
            if (fields.containsKey("messages")) {
                throw new MendableException("A field cannot be called messages: the conversation has that name.");
            }
        }

        Set<String> columns() {
            var columns = new LinkedHashSet<String>();
            columns.add(question);
            columns.add(answer);
            columns.addAll(fields.values());
            return columns;
        }
    }

    /**
     * Collects a file's records.
     *
     * @throws MendableException with file and line if a record cannot be read; naming the columns that are there if one is
     *     not; or if no example comes of it
     */
    public static Collection of(Path from, Path out, Settings settings, Progress progress) {
        try (var file = JsonLinesFile.create(out, settings.replace())) {
            var collecting = new Collecting(from, file, settings);
            Entries.read(from, settings.text(), progress, collecting);
            var collection = collecting.ended();
            file.finish();
            return collection;
        }
    }

    private static final class Collecting implements Entries.Sink {
        /** Names that are listed when one is not there. */
        private static final int NAMES = 30;

        private final Path from;
        private final JsonLinesFile file;
        private final Settings settings;
        private final Set<String> missing;
        private final Set<String> names = new LinkedHashSet<>();
        private int records;
        private int written;
        private int withoutQuestion;
        private int withoutAnswer;

        Collecting(Path from, JsonLinesFile file, Settings settings) {
            this.from = from;
            this.file = file;
            this.settings = settings;
            this.missing = new HashSet<>(settings.columns());
        }

        @Override
        public void entry(Entry entry) {
            var values = entry.values();
            records++;
            missing.removeIf(column -> !at(values, column).isMissingNode());
            if (names.size() < NAMES) {
                values.fieldNames().forEachRemaining(names::add);
            }
            var question = text(values, settings.question());
            var answer = text(values, settings.answer());
            if (question.isBlank() || answer.isBlank()) {
                withoutQuestion += question.isBlank() ? 1 : 0;
                withoutAnswer += question.isBlank() ? 0 : 1;
                return;
            }
            var record = JsonNodeFactory.instance.objectNode();
            var messages = record.putArray("messages");
            settings.system()
                    .ifPresent(
                            text -> messages.addObject().put("role", "system").put("content", text));
            messages.addObject().put("role", "user").put("content", question);
            messages.addObject().put("role", "assistant").put("content", answer);
            settings.fields().forEach((name, column) -> {
                var value = at(values, column);
                if (!value.isMissingNode() && !value.isNull()) {
                    record.set(name, value);
                }
            });
            file.write(record);
            written++;
        }

        @Override
        public void fault(Fault fault) {
            throw FaultException.mendable(from, fault);
        }

        Collection ended() {
            if (records == 0) {
                throw new MendableException(from + " holds no records.");
            }
            for (var column : settings.columns()) {
                if (missing.contains(column)) {
                    throw new MendableException(from + " has no column \"" + column + "\"; it has "
                            + String.join(", ", names) + ": name one of these.");
                }
            }
            if (written == 0) {
                throw new MendableException("No record of " + from + " has both a question in \"" + settings.question()
                        + "\" and an answer in \"" + settings.answer() + "\": check the columns.");
            }
            return new Collection(records, written, withoutQuestion, withoutAnswer);
        }

        private static String text(ObjectNode values, String column) {
            var value = at(values, column);
            return value.isNull() || value.isMissingNode()
                    ? ""
                    : value.isValueNode() ? value.asText() : value.toString();
        }

        /** A value by its name, or by a path of names and positions. */
        private static JsonNode at(ObjectNode values, String column) {
            if (values.has(column)) {
                return values.get(column);
            }
            JsonNode node = values;
            for (var step : column.split("\\.", -1)) {
                node = node.isArray() && step.matches("\\d{1,6}") ? node.path(Integer.parseInt(step)) : node.path(step);
            }
            return node;
        }
    }
}
