package dev.tandem.cli.batch;

import dev.tandem.foundation.MendableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Questions read one by one; blank lines are passed over. For one thread. */
final class QuestionLines implements AutoCloseable {
    private final BufferedReader reader;
    private final String name;
    private int line;

    private QuestionLines(InputStream in, String name) {
        // A decoder of its own reports what is not UTF-8, where a charset would put a replacement in its place.
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        this.name = name;
    }

    static QuestionLines of(Path file) {
        try {
            return new QuestionLines(Files.newInputStream(file), file.toString());
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read the questions in " + file + ": check that it is a file you may read.", e);
        }
    }

    static QuestionLines of(InputStream in) {
        return new QuestionLines(in, "stdin");
    }

    /** How many questions are left; for a file that is then opened anew. Fails at the first that is malformed. */
    int count() {
        int count = 0;
        while (next().isPresent()) {
            count++;
        }
        return count;
    }

    /** The next question, or empty at the end. */
    Optional<BatchQuestion> next() {
        try {
            var text = reader.readLine();
            line++;
            while (text != null && text.isBlank()) {
                text = reader.readLine();
                line++;
            }
            // Some editors begin a file with a byte order mark.
            var question = text != null && line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
            return Optional.ofNullable(question).map(json -> BatchQuestion.read(json, name + ":" + line));
        } catch (CharacterCodingException e) {
            throw new MendableException(
                    name + ":" + (line + 1) + ": this is not UTF-8 text: save the file in that encoding.", e);
        } catch (IOException e) {
            throw new MendableException("Cannot read " + name + " any further (" + e.getMessage() + ").", e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
