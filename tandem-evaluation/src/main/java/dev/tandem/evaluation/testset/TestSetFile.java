package dev.tandem.evaluation.testset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes a test set's file: whole or not at all, line by line. Lines that are not changed stay as they are to the byte, a
 * changed one keeps its fields that Tandem does not know, and the order stays. Every change reads the file anew, so that
 * what a person wrote meanwhile is kept. One process writes at a time.
 */
public final class TestSetFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public TestSetFile(Path file) {
        this.file = file;
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /** Its cases; none if there is no file yet, or an empty one. */
    public List<TestCase> cases() {
        try {
            return Files.exists(file) && !Files.readString(file).isBlank()
                    ? TestSet.read(file).cases()
                    : List.of();
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + " (" + e + "): check the file.", e);
        }
    }

    /** Adds cases behind those that are there. */
    public void append(Collection<TestCase> cases) {
        cases();
        var lines = lines();
        cases.forEach(testCase -> lines.add(written(filled(JSON.createObjectNode(), testCase))));
        write(lines);
    }

    /** Marks cases as accepted by a person. */
    public void accept(Set<String> ids) {
        change(ids, node -> node.put("reviewed", true), true);
    }

    /** Takes cases out. */
    public void drop(Set<String> ids) {
        change(ids, UnaryOperator.identity(), false);
    }

    /** Puts a case in the place of the one with its id. */
    public void replace(TestCase testCase) {
        change(Set.of(testCase.id()), node -> filled(node, testCase), true);
    }

    private void change(Set<String> ids, UnaryOperator<ObjectNode> change, boolean keep) {
        var missing = new HashSet<>(ids);
        cases().forEach(testCase -> missing.remove(testCase.id()));
        if (!missing.isEmpty()) {
            var first = missing.stream().sorted().findFirst().orElseThrow();
            throw new MendableException("There is no question '" + Shortened.of(first) + "' in " + file
                    + ": `tandem testset check --json` names them all.");
        }
        var changed = new ArrayList<String>();
        for (var line : lines()) {
            if (line.isBlank()) {
                changed.add(line);
                continue;
            }
            var node = parsed(line);
            if (!ids.contains(node.path("id").asText())) {
                changed.add(line);
            } else if (keep) {
                changed.add(written(change.apply(node)));
            }
        }
        write(changed);
    }

    private List<String> lines() {
        try {
            return Files.exists(file)
                    ? new ArrayList<>(Files.readString(file).lines().toList())
                    : new ArrayList<>();
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + " (" + e + "): check the file.", e);
        }
    }

    private void write(List<String> lines) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            WholeFile.write(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new MendableException("Cannot write " + file + " (" + e + "): check the disk, and that you may.", e);
        }
    }

    private static ObjectNode filled(ObjectNode node, TestCase testCase) {
        node.put("id", testCase.id());
        node.put("question", testCase.question());
        texts(node, "answers", testCase.answers());
        texts(node, "documents", testCase.documents());
        node.put("type", testCase.type().key());
        text(node, "filter", testCase.filter());
        text(node, "difficulty", testCase.difficulty().map(Difficulty::key));
        text(node, "topic", testCase.topic());
        text(node, "origin", testCase.origin());
        node.put("reviewed", testCase.reviewed());
        return node;
    }

    /** A field that a change took away goes. */
    private static void text(ObjectNode node, String field, Optional<String> value) {
        value.ifPresentOrElse(text -> node.put(field, text), () -> node.remove(field));
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        var array = node.putArray(field);
        texts.forEach(array::add);
    }

    private static ObjectNode parsed(String line) {
        try {
            return (ObjectNode) JSON.readTree(line.startsWith("\uFEFF") ? line.substring(1) : line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The line was read before", e);
        }
    }

    private static String written(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
