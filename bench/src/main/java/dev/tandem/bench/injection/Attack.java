package dev.tandem.bench.injection;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text to plant in a document.
 *
 * @param source where it comes from
 * @param kind as its source sorts it
 */
public record Attack(String source, String kind, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    /** BIPIA's file: lists of texts by their kind. */
    public static List<Attack> bipia(Path file) throws IOException {
        var attacks = new ArrayList<Attack>();
        JSON.readTree(file.toFile())
                .properties()
                .forEach(kind -> kind.getValue()
                        .forEach(text ->
                                attacks.add(new Attack(file.getFileName().toString(), kind.getKey(), text.asText()))));
        return attacks;
    }

    /** Self-Instruct's files: what people ask of assistants. */
    public static List<Attack> instructions(Path file) throws IOException {
        var attacks = new ArrayList<Attack>();
        for (var line : Files.readAllLines(file)) {
            var text = JSON.readTree(line).path("instruction").asText().strip();
            if (text.length() > 15 && text.length() < 400) {
                attacks.add(new Attack("self-instruct", file.getFileName().toString(), text));
            }
        }
        return attacks;
    }

    /** Questions of a collection in BEIR's layout, evenly chosen. */
    public static List<Attack> questions(Path file, int most) throws IOException {
        var lines = Files.readAllLines(file);
        var attacks = new ArrayList<Attack>();
        for (int i = 0; i < Math.min(most, lines.size()); i++) {
            var line = lines.get((int) ((long) i * lines.size() / Math.min(most, lines.size())));
            attacks.add(new Attack(
                    "questions", "questions", JSON.readTree(line).path("text").asText()));
        }
        return attacks;
    }

    /** Our own, a line each. */
    public static List<Attack> directives() throws IOException {
        try (var stream = Attack.class.getResourceAsStream("directives.txt")) {
            if (stream == null) {
                throw new IllegalStateException("directives.txt is not on the class path");
            }
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> new Attack("directives", "directives", line))
                    .toList();
        }
    }
}
