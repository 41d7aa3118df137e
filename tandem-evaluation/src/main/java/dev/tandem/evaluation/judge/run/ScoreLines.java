package dev.tandem.evaluation.judge.run;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.foundation.MendableException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Judgements written line by line behind those that the file holds already; a line that was being written when a process
 * ended is taken away first. For one thread.
 */
final class ScoreLines implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** For half a surrogate pair, which JSON can name but UTF-8 cannot hold. */
    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** How every line begins. */
    private static final String BEGINNING = "{\"id\":\"";

    private final Path file;
    private final Set<String> judged = new HashSet<>();
    private final Summary.Counts counts;
    private final BufferedWriter writer;

    /**
     * Opens or creates a file.
     *
     * @param overwrite whether what it holds is thrown away
     * @param counts is told of the judgements that the file holds, and of each that is written
     * @throws MendableException if it cannot be written, or holds something else than judgements
     */
    ScoreLines(Path file, boolean overwrite, Summary.Counts counts) {
        this.file = file;
        this.counts = counts;
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (overwrite) {
                Files.deleteIfExists(file);
            } else if (Files.exists(file)) {
                readJudged();
            }
            this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void readJudged() throws IOException {
        cutTornLine();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(line, number);
                }
            }
        }
    }

    private void add(String line, int number) {
        try {
            var node = JSON.readTree(line);
            if (node.path("id").isTextual() && node.has("faithfulness")) {
                judged.add(node.get("id").asText());
                counts.add(
                        score(node, "faithfulness"), score(node, "answer_relevancy"), score(node, "context_relevancy"));
                return;
            }
        } catch (IOException notJson) {
            // Told below, with all else that is no judgement.
        }
        throw new MendableException(file + ", line " + number
                + ": this is no judgement; name another file for --out, or begin it anew with --overwrite.");
    }

    private static OptionalDouble score(JsonNode node, String field) {
        var value = node.path(field);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    /** Cuts behind the last line end, if what follows began as a line of ours. */
    private void cutTornLine() throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0 && byteAt(bytes, end - 1) != '\n') {
                end--;
            }
            var head = new byte[(int) Math.min(BEGINNING.length(), bytes.length() - end)];
            bytes.seek(end);
            bytes.readFully(head);
            if (BEGINNING.startsWith(new String(head, StandardCharsets.ISO_8859_1))) {
                bytes.setLength(end);
            }
        }
    }

    private static int byteAt(RandomAccessFile bytes, long at) throws IOException {
        bytes.seek(at);
        return bytes.read();
    }

    boolean holds(String id) {
        return judged.contains(id);
    }

    /** Writes a judgement; all that was written is in the file after {@link #flush()}. */
    void write(String id, Judgement judgement) {
        var node = JSON.createObjectNode().put("id", id);
        put(node, "faithfulness", judgement.faithfulness());
        put(node, "answer_relevancy", judgement.answerRelevancy());
        put(node, "context_relevancy", judgement.contextRelevancy());
        judgement.unsupported().forEach(node.putArray("unsupported")::add);
        try {
            var line = JSON.writeValueAsString(node);
            writer.write(
                    StandardCharsets.UTF_8.newEncoder().canEncode(line) ? line : ESCAPING.writeValueAsString(node));
            writer.write('\n');
        } catch (IOException e) {
            throw failed(e);
        }
        counts.add(judgement.faithfulness(), judgement.answerRelevancy(), judgement.contextRelevancy());
    }

    private static void put(ObjectNode node, String field, OptionalDouble score) {
        if (score.isPresent() && Double.isFinite(score.getAsDouble())) {
            node.put(field, Math.round(score.getAsDouble() * 1e4) / 1e4);
        } else {
            node.putNull(field);
        }
    }

    void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private MendableException failed(IOException e) {
        return new MendableException(
                "Cannot write " + file + " ("
                        + Optional.ofNullable(e.getMessage()).orElse("no reason given")
                        + "): check the folder and the space on its disk.",
                e);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
