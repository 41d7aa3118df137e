package dev.tandem.workspace.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the chain's answers are: a file a month, each line a number, a salt and the content that the commitment is of. */
final class Contents {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    Contents(Path folder) {
        this.folder = folder;
    }

    /**
     * A line.
     *
     * @param number of its link
     * @param salt 32 random digits
     * @param content an entry as JSON, to the letter as it was committed to
     */
    record Content(long number, String salt, String content) {
        String commitment() {
            return Sha256.of(salt + "\n" + content);
        }

        TrailEntry entry() {
            try {
                return JSON.readValue(content, TrailEntry.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A content that its commitment holds for is an entry", e);
            }
        }
    }

    static String json(TrailEntry entry) {
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An entry of texts is always JSON", e);
        }
    }

    /** Appends to the file of a month, as {@code 2026-11}. */
    void add(String month, Content content) throws IOException {
        var file = folder.resolve("contents-" + month + ".jsonl");
        // A line that a killed process left half would swallow this one.
        var before = Files.exists(file) && !endsLine(file) ? "\n" : "";
        ChainFile.append(file, before + line(content) + "\n");
    }

    private static boolean endsLine(Path file) throws IOException {
        try (var bytes = Files.newByteChannel(file)) {
            if (bytes.size() == 0) {
                return true;
            }
            var last = java.nio.ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    /** All contents by number; of several of one number, which killed processes leave, all. */
    Map<Long, List<Content>> all() throws IOException {
        var all = new HashMap<Long, List<Content>>();
        for (var file : files()) {
            for (var line : lines(file)) {
                parse(line)
                        .ifPresent(content -> all.computeIfAbsent(content.number(), number -> new ArrayList<>())
                                .add(content));
            }
        }
        return all;
    }

    /** Which numbers' contents meet a condition. */
    List<Long> find(Predicate<Content> condition) throws IOException {
        var found = new TreeSet<Long>();
        for (var contents : all().values()) {
            contents.stream().filter(condition).forEach(content -> found.add(content.number()));
        }
        return List.copyOf(found);
    }

    /** Writes the files anew without some contents, and without half lines, which may hold anybody's words. */
    void remove(Predicate<Content> condition) throws IOException {
        for (var file : files()) {
            var lines = lines(file);
            var kept = lines.stream()
                    .filter(line -> parse(line).filter(condition.negate()).isPresent())
                    .toList();
            if (kept.isEmpty()) {
                Files.delete(file);
            } else if (kept.size() < lines.size()) {
                WholeFile.write(file, String.join("\n", kept) + "\n");
            }
        }
    }

    /** Half a line may end within a character. */
    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("contents-.*\\.jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private static String line(Content content) {
        return JSON.createObjectNode()
                .put("number", content.number())
                .put("salt", content.salt())
                .put("content", content.content())
                .toString();
    }

    private static Optional<Content> parse(String line) {
        try {
            var node = JSON.readTree(line);
            return node.path("number").isIntegralNumber()
                            && node.path("content").isTextual()
                    ? Optional.of(new Content(
                            node.path("number").asLong(),
                            node.path("salt").asText(),
                            node.path("content").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException half) {
            return Optional.empty();
        }
    }
}
