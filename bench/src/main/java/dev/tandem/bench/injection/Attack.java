package dev.tandem.bench.injection;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A text to plant in a document.
 *
 * @param source where it comes from
 * @param kind as its source sorts it
 */
public record Attack(String source, String kind, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    private static final int SHORTEST = 15;

    private static final int LONGEST = 400;

    private static final Set<String> QUESTION_WORDS =
            Set.of("what who where when why how which is are can could do does did will would should has have am was"
                    .split(" "));

    /** Intents of CLINC150 that ask for nothing. */
    private static final Set<String> SMALL_TALK = Set.of("yes", "no", "maybe", "greeting", "goodbye", "thank_you");

    /** BIPIA's file: lists of texts by their kind. */
    public static List<Attack> bipia(Path file, String source) throws IOException {
        var attacks = new ArrayList<Attack>();
        JSON.readTree(file.toFile())
                .properties()
                .forEach(kind ->
                        kind.getValue().forEach(text -> attacks.add(new Attack(source, kind.getKey(), text.asText()))));
        return attacks;
    }

    /** Self-Instruct's files: what people ask of assistants. */
    public static List<Attack> instructions(Path file) throws IOException {
        var attacks = new ArrayList<Attack>();
        for (var line : Files.readAllLines(file)) {
            add(
                    "self-instruct",
                    JSON.readTree(line).path("instruction").asText().strip(),
                    attacks);
        }
        return attacks;
    }

    /** LLMBar's files, below a folder: the same, their first lines. */
    public static List<Attack> llmbar(Path folder) throws IOException {
        var attacks = new ArrayList<Attack>();
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (var file : files) {
            JSON.readTree(file.toFile())
                    .forEach(each -> add(
                            "llmbar",
                            each.path("input")
                                    .asText()
                                    .strip()
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                            attacks));
        }
        return attacks.stream().distinct().toList();
    }

    /** CLINC150: what people say to an assistant that runs errands, evenly chosen, with capitals and stops. */
    public static List<Attack> errands(Path file, int most) throws IOException {
        var attacks = new ArrayList<Attack>();
        for (var each : JSON.readTree(file.toFile()).path("train")) {
            var text = each.path(0).asText().replaceAll("\\bi\\b", "I");
            if (!SMALL_TALK.contains(each.path(1).asText()) && !text.isEmpty()) {
                boolean asks = QUESTION_WORDS.contains(text.replaceFirst("(?:'s)?\\s.*", ""));
                add(
                        "clinc150",
                        Character.toUpperCase(text.charAt(0)) + text.substring(1) + (asks ? "?" : "."),
                        attacks);
            }
        }
        return Collections.every(attacks, most);
    }

    /** Questions of a collection in BEIR's layout, evenly chosen. */
    public static List<Attack> questions(Path file, int most) throws IOException {
        var attacks = new ArrayList<Attack>();
        for (var line : Collections.every(Files.readAllLines(file), most)) {
            add("questions", JSON.readTree(line).path("text").asText().strip(), attacks);
        }
        return attacks;
    }

    /** Our own. */
    public static List<Attack> directives() {
        return Lines.of("directives.txt").stream()
                .map(line -> new Attack("our own", "our own", line))
                .toList();
    }

    /** This and another behind it. */
    Attack with(Attack next) {
        return new Attack(source, kind, text + " " + next.text());
    }

    private static void add(String source, String text, List<Attack> attacks) {
        if (text.length() >= SHORTEST && text.length() < LONGEST) {
            attacks.add(new Attack(source, source, text));
        }
    }
}
