package dev.tandem.bench.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.models.embedding.TextEncoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Questions of a collection by their vectors.
 *
 * @param topics each question's topic; one for all where the collection tells none
 */
public record Questions(String name, List<String> topics, List<float[]> vectors) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST = 4_000;

    public Questions {
        topics = List.copyOf(topics);
        vectors = List.copyOf(vectors);
    }

    private record Asked(String topic, String text) {}

    /**
     * A collection, at most 4,000 questions of it.
     *
     * @param data the folder of all collections
     * @param vectors a folder in which their vectors are kept from run to run
     */
    public static Questions of(String name, Path data, Path vectors, TextEncoder encoder) throws IOException {
        var asked = new ArrayList<>(read(name, data));
        java.util.Collections.shuffle(asked, new Random(1));
        var chosen = asked.subList(0, Math.min(MOST, asked.size()));
        var file = vectors.resolve(name + "-" + chosen.size() + ".vectors");
        if (!Files.exists(file)) {
            Files.createDirectories(vectors);
            // A run that is stopped leaves no half of them.
            var part = vectors.resolve(name + ".part");
            try (var out = new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(part)))) {
                for (var question : chosen) {
                    for (float value : encoder.encodeQuestion(question.text()).vector()) {
                        out.writeFloat(value);
                    }
                }
            }
            Files.move(part, file);
        }
        var all = new ArrayList<float[]>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = 0; i < chosen.size(); i++) {
                var vector = new float[encoder.dimension()];
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = in.readFloat();
                }
                all.add(vector);
            }
        }
        return new Questions(name, chosen.stream().map(Asked::topic).toList(), all);
    }

    private static List<Asked> read(String name, Path data) throws IOException {
        return switch (name) {
            case "banking77" -> banking(data.resolve("banking77"));
            case "clinc" -> clinc(data.resolve("clinc-small/data_small.json"));
            case "squad-subset", "xquad-en", "cranfield", "npl" -> beir(data.resolve("beir/" + name));
            case "covid-qa" -> covid(data.resolve("text/covid-qa/200423_covidQA.json"));
            case "gsm8k" -> lines(data.resolve("gsm8k/test.jsonl"), "question");
            case "geography" -> geography(data.resolve("text2sql-geography/geography.json"));
            default -> throw new IllegalArgumentException("No collection " + name);
        };
    }

    private static List<Asked> banking(Path folder) throws IOException {
        var asked = new ArrayList<Asked>();
        for (var file : List.of("train.csv", "test.csv")) {
            for (var line : Files.readString(folder.resolve(file)).split("\n(?=\"|[^\"\n]*,)", -1)) {
                int comma = line.strip().lastIndexOf(',');
                if (comma > 0 && !line.startsWith("text,category")) {
                    var text = line.strip()
                            .substring(0, comma)
                            .replaceAll("^\"|\"$", "")
                            .replace("\"\"", "\"");
                    asked.add(new Asked(line.strip().substring(comma + 1), text));
                }
            }
        }
        return asked;
    }

    private static List<Asked> clinc(Path file) throws IOException {
        var asked = new ArrayList<Asked>();
        var json = JSON.readTree(file.toFile());
        for (var part : List.of("train", "val", "test")) {
            for (var pair : json.path(part)) {
                asked.add(new Asked(pair.path(1).asText(), pair.path(0).asText()));
            }
        }
        return asked;
    }

    private static List<Asked> beir(Path folder) throws IOException {
        var titles = new HashMap<String, String>();
        for (var line : Files.readAllLines(folder.resolve("corpus.jsonl"))) {
            var json = JSON.readTree(line);
            titles.put(json.path("_id").asText(), json.path("title").asText());
        }
        var topics = new HashMap<String, String>();
        try (var files = Files.list(folder.resolve("qrels"))) {
            for (var file : files.toList()) {
                for (var line : Files.readAllLines(file)) {
                    var cells = line.split("\t", -1);
                    topics.putIfAbsent(cells[0], titles.getOrDefault(cells[1], ""));
                }
            }
        }
        var asked = new ArrayList<Asked>();
        for (var line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
            var json = JSON.readTree(line);
            asked.add(new Asked(
                    topics.getOrDefault(json.path("_id").asText(), ""),
                    json.path("text").asText()));
        }
        return asked;
    }

    private static List<Asked> covid(Path file) throws IOException {
        var asked = new ArrayList<Asked>();
        int article = 0;
        for (var each : JSON.readTree(file.toFile()).path("data")) {
            for (var paragraph : each.path("paragraphs")) {
                article++;
                for (var question : paragraph.path("qas")) {
                    asked.add(new Asked(
                            "article " + article, question.path("question").asText()));
                }
            }
        }
        return asked;
    }

    private static List<Asked> lines(Path file, String key) throws IOException {
        var asked = new ArrayList<Asked>();
        for (var line : Files.readAllLines(file)) {
            asked.add(new Asked("", JSON.readTree(line).path(key).asText()));
        }
        return asked;
    }

    private static List<Asked> geography(Path file) throws IOException {
        var asked = new ArrayList<Asked>();
        for (var query : JSON.readTree(file.toFile())) {
            for (var sentence : query.path("sentences")) {
                var text = sentence.path("text").asText();
                for (Map.Entry<String, JsonNode> variable :
                        sentence.path("variables").properties()) {
                    text = text.replace(variable.getKey(), variable.getValue().asText());
                }
                asked.add(new Asked("", text));
            }
        }
        return asked;
    }

    /** The questions of one half of the topics, 0 or 1, dealt out at random. */
    public Questions half(int half, long seed) {
        var names = new ArrayList<>(new TreeSet<>(topics));
        java.util.Collections.shuffle(names, new Random(seed));
        var mine = new TreeSet<String>();
        for (int i = half; i < names.size(); i += 2) {
            mine.add(names.get(i));
        }
        return of(name + " half", mine::contains);
    }

    /** The questions of one topic that has at least ten, chosen at random. */
    public Questions topic(long seed) {
        var sizes =
                topics.stream().collect(Collectors.groupingBy(each -> each, LinkedHashMap::new, Collectors.counting()));
        var large = sizes.entrySet().stream()
                .filter(each -> each.getValue() >= 10)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        var topic = large.get(new Random(seed).nextInt(large.size()));
        return of(name + ": " + topic, topic::equals);
    }

    private Questions of(String title, java.util.function.Predicate<String> chosen) {
        var kept = new ArrayList<String>();
        var some = new ArrayList<float[]>();
        for (int i = 0; i < topics.size(); i++) {
            if (chosen.test(topics.get(i))) {
                kept.add(topics.get(i));
                some.add(vectors.get(i));
            }
        }
        return new Questions(title, kept, some);
    }

    /** All questions of the topic of a question at random. */
    Questions sameTopic(Random random) {
        return of(name, topics.get(random.nextInt(topics.size()))::equals);
    }

    /** One at random. */
    float[] draw(Random random) {
        return vectors.get(random.nextInt(vectors.size()));
    }
}
