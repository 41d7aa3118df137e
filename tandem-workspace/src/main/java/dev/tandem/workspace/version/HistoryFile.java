package dev.tandem.workspace.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.WholeFile;
import dev.tandem.workspace.version.VersionHistory.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A history as JSON, in a file that is written whole or not at all. */
final class HistoryFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryFile() {}

    static Optional<VersionHistory> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var json = JSON.readTree(file.toFile());
            var earlier = new ArrayList<DocumentVersion>();
            for (var each : json.path("earlier")) {
                earlier.add(version(each));
            }
            return Optional.of(new VersionHistory(
                    json.path("path").asText(),
                    json.path("last").asInt(),
                    json.hasNonNull("newest") ? Optional.of(version(json.path("newest"))) : Optional.empty(),
                    earlier,
                    json.hasNonNull("deletion")
                            ? Optional.of(new Deletion(time(json.path("deletion")), text(json.path("deletion"), "who")))
                            : Optional.empty()));
        } catch (DateTimeParseException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    static void write(Path file, VersionHistory history) throws IOException {
        var json = JSON.createObjectNode().put("path", history.path()).put("last", history.last());
        history.newest().ifPresent(newest -> json.set("newest", json(newest)));
        var earlier = json.putArray("earlier");
        history.earlier().forEach(each -> earlier.add(json(each)));
        history.deletion().ifPresent(end -> {
            var deletion = json.putObject("deletion").put("time", end.time().toString());
            end.who().ifPresent(who -> deletion.put("who", who));
        });
        WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private static ObjectNode json(DocumentVersion version) {
        var json = JSON.createObjectNode()
                .put("number", version.number())
                .put("time", version.time().toString())
                .put("bytes", version.bytes())
                .put("hash", version.hash());
        version.who().ifPresent(who -> json.put("who", who));
        version.restored().ifPresent(number -> json.put("restored", number));
        version.access().ifPresent(names -> names.forEach(json.putArray("access")::add));
        return json;
    }

    private static DocumentVersion version(JsonNode json) {
        return new DocumentVersion(
                json.path("number").asInt(),
                time(json),
                text(json, "who"),
                json.path("bytes").asLong(),
                json.path("hash").asText(),
                json.hasNonNull("restored") ? Optional.of(json.path("restored").asInt()) : Optional.empty(),
                json.hasNonNull("access") ? Optional.of(names(json.path("access"))) : Optional.empty());
    }

    private static List<String> names(JsonNode json) {
        var names = new ArrayList<String>();
        json.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Instant time(JsonNode json) {
        return Instant.parse(json.path("time").asText());
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.hasNonNull(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
    }
}
