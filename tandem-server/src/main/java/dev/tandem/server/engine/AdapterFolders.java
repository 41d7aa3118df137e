package dev.tandem.server.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * The adapters of a workspace: a folder each, looked at anew each time, so that one that was just tuned is there. One that is being
 * tuned, or whose tuning was broken off, is none.
 */
record AdapterFolders(Path folder) {
    private static final String CONFIGURATION = "adapter_config.json";
    private static final String RECORD = "tandem.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An adapter.
     *
     * @param training what it was tuned on, if that is still there
     */
    record Found(String name, Path folder, FileTime changed, Optional<Path> training) {
        /** Another whenever its files are. */
        String version() {
            return name + "@" + changed.toMillis();
        }
    }

    List<Found> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.filter(each -> Files.isRegularFile(each.resolve(CONFIGURATION)) && isWhole(each))
                    .sorted()
                    .map(AdapterFolders::found)
                    .toList();
        } catch (IOException e) {
            throw new MendableException("Cannot list " + folder + " (" + e + "): check who may read it.", e);
        }
    }

    private static Found found(Path adapter) {
        try {
            return new Found(
                    String.valueOf(adapter.getFileName()),
                    adapter,
                    Files.getLastModifiedTime(adapter.resolve(CONFIGURATION)),
                    training(adapter.resolve(RECORD)));
        } catch (IOException e) {
            throw new MendableException("Cannot read " + adapter + " (" + e + "): check who may read it.", e);
        }
    }

    private static boolean isWhole(Path adapter) {
        var record = adapter.resolve(RECORD);
        try {
            return !Files.isRegularFile(record)
                    || JSON.readTree(record.toFile()).has("ending");
        } catch (IOException e) {
            throw new MendableException(record + " cannot be read (" + e.getMessage() + "): tune anew.", e);
        }
    }

    private static Optional<Path> training(Path record) throws IOException {
        if (!Files.isRegularFile(record)) {
            return Optional.empty();
        }
        return Optional.of(JSON.readTree(record.toFile()).path("data").asText(""))
                .filter(named -> !named.isEmpty())
                .map(Path::of)
                .filter(Files::isRegularFile);
    }
}
