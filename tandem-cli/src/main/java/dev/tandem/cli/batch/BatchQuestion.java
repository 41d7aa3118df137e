package dev.tandem.cli.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Optional;

/**
 * A line of a file of questions: {@code {"id": "q1", "question": "...", "filter": "..."}}; other fields are ignored.
 *
 * @param id a text, or a number as its text
 * @param question not blank
 * @param filter the line's own, if it has one
 */
record BatchQuestion(String id, String question, Optional<Filter> filter) {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads a line.
     *
     * @param where file and line, as errors name them
     */
    static BatchQuestion read(String line, String where) {
        var fields = new HashMap<String, String>();
        try (var json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(where, "it must be an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                read(json, name, where).ifPresent(value -> fields.put(name, value));
            }
            if (json.nextToken() != null) {
                throw malformed(where, "something follows the object");
            }
        } catch (JsonProcessingException e) {
            throw malformed(where, "it is not valid JSON (" + e.getOriginalMessage() + ")");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return of(fields.get("id"), fields.get("question"), Optional.ofNullable(fields.get("filter")), where);
    }

    private static BatchQuestion of(
            @org.jspecify.annotations.Nullable String id,
            @org.jspecify.annotations.Nullable String question,
            Optional<String> filter,
            String where) {
        if (id == null || question == null) {
            throw malformed(where, (id == null ? "id" : "question") + " is missing");
        }
        if (question.isBlank()) {
            throw malformed(where, "its question is empty");
        }
        try {
            return new BatchQuestion(id, question, filter.map(FilterParser::parse));
        } catch (MendableException e) {
            throw new MendableException(where + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> read(JsonParser json, String name, String where) throws IOException {
        boolean wanted = name.equals("id") || name.equals("question") || name.equals("filter");
        if (!wanted) {
            json.skipChildren();
            return Optional.empty();
        }
        var token = json.currentToken();
        if (token == JsonToken.VALUE_NULL && name.equals("filter")) {
            return Optional.empty();
        }
        if (token != JsonToken.VALUE_STRING && !(name.equals("id") && token.isNumeric())) {
            throw malformed(where, name + " must be a text");
        }
        return Optional.of(json.getText());
    }

    private static MendableException malformed(String where, String what) {
        return new MendableException(where + ": this line is no question, because " + what
                + "; write {\"id\": \"q1\", \"question\": \"...\"}.");
    }
}
