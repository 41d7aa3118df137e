package dev.tandem.decoder.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** The tiny models of every family that {@code reference/decoder/make_models.py} made. */
public final class TinyModels {
    private static final Path FOLDER = Path.of("src/test/resources/models");

    private TinyModels() {}

    public static Path folder(String name) {
        return FOLDER.resolve(name);
    }

    static JsonNode expected(String name) throws IOException {
        return new ObjectMapper().readTree(folder(name).resolve("expected.json").toFile());
    }

    static long[] ids(JsonNode node) {
        var ids = new long[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get(i).longValue();
        }
        return ids;
    }
}
