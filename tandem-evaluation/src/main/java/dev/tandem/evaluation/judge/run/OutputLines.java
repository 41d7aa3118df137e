package dev.tandem.evaluation.judge.run;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JSON lines by id, written behind those that the file holds already; a line that was being written when a process ended is
 * taken away first. A line that is written again for an id takes the place of the earlier one when the file is closed. For one
 * thread.
 */
final class OutputLines implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** For half a surrogate pair, which JSON can name but UTF-8 cannot hold. */
    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** How every line begins. */
    private static final String BEGINNING = "{\"id\":\"";

    private final Path file;
    private final Map<String, JsonNode> lines = new LinkedHashMap<>();
    private final BufferedWriter writer;
    private boolean replaced;

    /**
     * Opens or creates a file.
     *
     * @param overwrite whether what it holds is thrown away
     * @param needed fields without which a line is none of ours
     * @throws MendableException if it cannot be written, or holds something else
     */
    OutputLines(Path file, boolean overwrite, Set<String> needed) {
        this.file = file;
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (overwrite) {
                Files.deleteIfExists(file);
            } else if (Files.exists(file)) {
                cutTornLine();
                read(needed);
            }
            this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void read(Set<String> needed) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(line, number, needed);
                }
            }
        }
    }

    private void add(String line, int number, Set<String> needed) {
        try {
            var node = JSON.readTree(line);
            if (node.path("id").isTextual() && needed.stream().allMatch(node::has)) {
                replaced |= lines.put(node.get("id").asText(), node) != null;
                return;
            }
        } catch (IOException notJson) {
            // Told below, with all else that is no judgement.
        }
        throw new MendableException(file + ", line " + number
                + ": this is no judgement; name another file for --out, or begin it anew with --overwrite.");
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

    /** What stands for an id, as it was last written. */
    Optional<JsonNode> line(String id) {
        return Optional.ofNullable(lines.get(id));
    }

    /** What stands for every id. */
    Collection<JsonNode> lines() {
        return lines.values();
    }

    /** An object to fill and write. */
    static ObjectNode begin(String id) {
        return JSON.createObjectNode().put("id", id);
    }

    /** Writes a line, which is then in the file. */
    void write(ObjectNode node) {
        try {
            writer.write(text(node));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
        replaced |= lines.put(node.get("id").asText(), node) != null;
    }

    private static String text(JsonNode node) throws IOException {
        var line = JSON.writeValueAsString(node);
        return StandardCharsets.UTF_8.newEncoder().canEncode(line) ? line : ESCAPING.writeValueAsString(node);
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
            if (replaced) {
                writeAnew();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeAnew() throws IOException {
        var anew = file.resolveSibling(file.getFileName() + ".anew");
        try (var out = Files.newBufferedWriter(anew)) {
            for (var node : lines.values()) {
                out.write(text(node));
                out.write('\n');
            }
        }
        Files.move(anew, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
