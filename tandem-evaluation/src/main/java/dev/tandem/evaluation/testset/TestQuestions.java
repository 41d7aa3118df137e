package dev.tandem.evaluation.testset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A team's own test questions, one JSON object a line: {@code {"id", "question", "documents": [...]}}, where the documents
 * are those that answer it, by their path in the workspace. Questions without documents, which nothing answers, are
 * counted and left out; other fields are ignored. Immutable.
 *
 * @param queries the questions that documents answer, in the order of the file
 * @param qrels their documents, each relevant
 * @param unanswerable how many were left out
 */
public record TestQuestions(List<TestQuery> queries, Qrels qrels, int unanswerable) {
    public TestQuestions {
        queries = List.copyOf(queries);
    }

    /**
     * Reads a file.
     *
     * @throws MendableException with file and line where something is wrong, or if no question has a document
     */
    public static TestQuestions read(Path file) {
        var queries = new ArrayList<TestQuery>();
        var grades = new LinkedHashMap<String, Map<String, Integer>>();
        int unanswerable = 0;
        try (var lines = new NumberedLines(file)) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                var node = parse(lines, line.get());
                var id = text(lines, node, "id");
                var question = text(lines, node, "question");
                var documents = new LinkedHashMap<String, Integer>();
                node.path("documents").forEach(document -> documents.put(document.asText(), Qrels.RELEVANT));
                if (documents.isEmpty()) {
                    unanswerable++;
                } else if (grades.putIfAbsent(id, documents) != null) {
                    throw lines.error("the id '" + Shortened.of(id) + "' came before", "give every question its own");
                } else {
                    queries.add(new TestQuery(id, question));
                }
            }
        }
        if (queries.isEmpty()) {
            throw new MendableException(
                    file + " has no question with \"documents\": name for each question the documents"
                            + " that answer it, as `tandem search` shows them.");
        }
        return new TestQuestions(queries, new Qrels(grades), unanswerable);
    }

    private static JsonNode parse(NumberedLines lines, String line) {
        try {
            var node = JsonMapper.builder().build().readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw lines.error("the line is no JSON", "write one object a line");
        }
        throw lines.error("the line is no JSON object", "write one object a line");
    }

    private static String text(NumberedLines lines, JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isValueNode() || value.asText().isBlank()) {
            throw lines.error("the field \"" + field + "\" is missing or empty", "add it");
        }
        return value.asText();
    }
}
