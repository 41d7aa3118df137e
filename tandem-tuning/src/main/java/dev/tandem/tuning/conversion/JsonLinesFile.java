package dev.tandem.tuning.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of JSON lines that appears under its name when it is whole; until then it is {@code NAME.part}, which goes away if
 * the work fails. For one thread.
 */
public final class JsonLinesFile implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Path part;
    private final BufferedWriter writer;

    private JsonLinesFile(Path file, Path part, BufferedWriter writer) {
        this.file = file;
        this.part = part;
        this.writer = writer;
    }

    /**
     * Begins a file.
     *
     * @param replace whether a file of that name may be replaced
     * @throws MendableException if it is there and may not be replaced, or cannot be written
     */
    public static JsonLinesFile create(Path file, boolean replace) {
        if (Files.isDirectory(file)) {
            throw new MendableException(file + " is a folder: name a file for --out.");
        }
        if (Files.exists(file) && !replace) {
            throw new MendableException(file + " is there already: name another file, or add --force to replace it.");
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new JsonLinesFile(file, part, Files.newBufferedWriter(part));
        } catch (IOException e) {
            throw failed(part, e);
        }
    }

    /** Writes a line. */
    public void write(ObjectNode record) {
        try {
            writer.write(escaped(JSON.writeValueAsString(record)));
            writer.write('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw failed(part, e);
        }
    }

    /** Half a surrogate pair, which JSON can name but UTF-8 cannot hold, stays as it was named. */
    private static String escaped(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); i++) {
            char each = json.charAt(i);
            boolean pair = Character.isHighSurrogate(each)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                if (escaped != null) {
                    escaped.append(each).append(json.charAt(i + 1));
                }
                i++;
            } else if (Character.isSurrogate(each)) {
                escaped = escaped == null ? new StringBuilder(json.substring(0, i)) : escaped;
                escaped.append(String.format("\\u%04x", (int) each));
            } else if (escaped != null) {
                escaped.append(each);
            }
        }
        return escaped == null ? json : escaped.toString();
    }

    /** The file is whole. */
    public void finish() {
        try {
            writer.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static MendableException failed(Path file, IOException e) {
        return new MendableException(
                "Cannot write " + file + " (" + e.getMessage() + "): check the folder and the space on its disk.", e);
    }

    @Override
    public void close() {
        try {
            writer.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw failed(part, e);
        }
    }
}
