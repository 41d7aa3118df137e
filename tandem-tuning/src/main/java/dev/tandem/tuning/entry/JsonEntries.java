package dev.tandem.tuning.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.Progress;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * JSON objects, one a line, or in one array, or one behind the other. A line that is broken costs itself only; in an array,
 * nothing behind a break can be read.
 */
final class JsonEntries {
    /** Names may not come twice: which value would be meant? Numbers are kept as they are written. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(BoundedReader.MOST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final TextFile text;
    private final Progress.Task progress;
    private final Entries.Sink sink;

    JsonEntries(TextFile text, Progress.Task progress, Entries.Sink sink) {
        this.text = text;
        this.progress = progress;
        this.sink = sink;
    }

    /** Whether a line is the beginning of a JSON value that goes on behind it. */
    static boolean goesOn(String line) {
        try {
            JSON.readTree(line);
            return false;
        } catch (JsonProcessingException e) {
            return endsEarly(e);
        }
    }

    /** The parser has an exception of its own for this, but not wherever it happens. */
    private static boolean endsEarly(JsonProcessingException e) {
        return e instanceof JsonEOFException || e.getOriginalMessage().contains("Unexpected end-of-input");
    }

    void lines() throws IOException {
        int number = 0;
        try (var reader = text.open(progress);
                var lines = new BufferedReader(reader)) {
            while (true) {
                reader.begin();
                number++;
                var line = lines.readLine();
                if (line == null) {
                    return;
                }
                if (!line.isBlank()) {
                    line(number, line);
                }
            }
        } catch (BoundedReader.TooLongException e) {
            sink.fault(tooLong(number));
        }
    }

    private void line(int number, String line) {
        JsonNode node;
        try (var parser = JSON.createParser(line)) {
            node = JSON.readTree(parser);
            if (parser.nextToken() != null) {
                sink.fault(new Fault(number, "broken_json", "there is more than one JSON value on the line"));
                return;
            }
        } catch (IOException e) {
            sink.fault(broken(number, e));
            return;
        }
        entry(number, node);
    }

    private void entry(int line, JsonNode node) {
        if (node instanceof ObjectNode object) {
            sink.entry(new Entry(line, object));
        } else {
            sink.fault(new Fault(line, "data_type", "this is no JSON object"));
        }
    }

    /** The elements of an array, or values one behind the other. */
    void values() throws IOException {
        int line = 1;
        try (var reader = text.open(progress);
                var parser = JSON.createParser(reader)) {
            boolean array = parser.nextToken() == JsonToken.START_ARRAY;
            var token = array ? parser.nextToken() : parser.currentToken();
            while (token != null && token != JsonToken.END_ARRAY) {
                reader.begin();
                line = parser.currentTokenLocation().getLineNr();
                JsonNode node = JSON.readTree(parser);
                entry(line, node);
                token = parser.nextToken();
            }
            line = parser.currentTokenLocation().getLineNr();
            if (token != null && parser.nextToken() != null) {
                sink.fault(new Fault(line, "broken_json", "there is more text behind the list"));
            }
        } catch (JsonProcessingException e) {
            sink.fault(broken(e.getLocation() == null ? line : e.getLocation().getLineNr(), e));
        } catch (BoundedReader.TooLongException e) {
            sink.fault(tooLong(line));
        }
    }

    static Fault tooLong(int line) {
        return new Fault(
                line,
                "too_long",
                "the record is longer than " + (BoundedReader.MOST >> 20)
                        + " million characters: split or drop it (what follows was not read)");
    }

    private static Fault broken(int line, IOException e) {
        if (e instanceof StreamConstraintsException constraint
                && constraint.getOriginalMessage().contains("String value length")) {
            return tooLong(line);
        }
        var said = e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e);
        if (e instanceof JsonProcessingException json && endsEarly(json)) {
            return new Fault(line, "broken_json", "this is no JSON (it ends in the middle)");
        }
        var words = said.lines().findFirst().orElse("");
        return e instanceof JsonParseException && words.startsWith("Duplicate field")
                ? new Fault(
                        line, "duplicate_key", "the name " + words.replaceAll("^[^']*'|'[^']*$", "\"") + " comes twice")
                : new Fault(line, "broken_json", "this is no JSON (" + words + ")");
    }
}
