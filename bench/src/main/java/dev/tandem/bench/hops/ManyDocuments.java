package dev.tandem.bench.hops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Questions with the documents that all belong into the context. */
public final class ManyDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A name shorter than this links by chance. */
    private static final int SHORTEST_LINK = 5;

    private ManyDocuments() {}

    /**
     * A question.
     *
     * @param documents their ids, more than one
     * @param type what kind of question the collection calls it; empty where it does not say
     */
    public record Needing(String question, Set<String> documents, String type) {
        /** Of no kind. */
        Needing(String question, Set<String> documents) {
            this(question, documents, "");
        }
    }

    /** Those of a test set or questions.jsonl that name several documents. */
    public static List<Needing> named(Path questions) throws IOException {
        return read(questions).stream()
                .map(node -> new Needing(
                        node.get("question").asText(),
                        documents(node),
                        node.path("type").asText()))
                .filter(needing -> needing.documents().size() > 1)
                .toList();
    }

    /** Those that name one. */
    public static List<Needing> single(Path questions) throws IOException {
        return read(questions).stream()
                .map(node -> new Needing(
                        node.get("question").asText(),
                        documents(node),
                        node.path("type").asText()))
                .filter(needing -> needing.documents().size() == 1)
                .toList();
    }

    /**
     * Two questions put one behind the other as people do: each question with the next of another paragraph of the same
     * article, whose paragraphs are named {@code article-paragraph}.
     */
    public static List<Needing> joined(Path questions) throws IOException {
        var all = read(questions);
        var joined = new ArrayList<Needing>();
        for (int i = 0; i < all.size(); i++) {
            var first = all.get(i);
            for (int j = i + 1; j < all.size(); j++) {
                var second = all.get(j);
                if (!article(first).equals(article(second))) {
                    break;
                }
                if (!documents(first).equals(documents(second))) {
                    joined.add(new Needing(
                            stripped(first) + ", and " + lowered(stripped(second)) + "?", both(first, second)));
                    break;
                }
            }
        }
        return joined;
    }

    /**
     * Two questions made one as in MuSiQue (Trivedi et al. 2022): where the answer of one is named in another about another
     * paragraph, the name is replaced by the question that it answers.
     */
    public static List<Needing> linked(Path questions) throws IOException {
        var all = read(questions);
        var byAnswer = new HashMap<String, List<JsonNode>>();
        for (var node : all) {
            var answer = node.at("/answers/0").asText();
            if (answer.length() >= SHORTEST_LINK && Character.isUpperCase(answer.charAt(0))) {
                byAnswer.computeIfAbsent(answer, key -> new ArrayList<>()).add(node);
            }
        }
        var linked = new ArrayList<Needing>();
        for (var second : all) {
            link(second, byAnswer).ifPresent(linked::add);
        }
        return linked;
    }

    private static java.util.Optional<Needing> link(JsonNode second, Map<String, List<JsonNode>> byAnswer) {
        var question = stripped(second);
        return byAnswer.keySet().stream()
                .filter(answer -> (" " + question + " ").contains(" " + answer + " "))
                .sorted()
                .flatMap(answer -> byAnswer.getOrDefault(answer, List.of()).stream()
                        .filter(first -> !documents(first).equals(documents(second)))
                        // A question that holds the name itself would give it away.
                        .filter(first -> !stripped(first).contains(answer))
                        .map(first -> new Needing(
                                question.replace(answer, "the answer to \"" + lowered(stripped(first)) + "\"") + "?",
                                both(first, second))))
                .findFirst();
    }

    private static List<JsonNode> read(Path file) throws IOException {
        var all = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(file)) {
            all.add(JSON.readTree(line));
        }
        return all;
    }

    private static Set<String> documents(JsonNode node) {
        var documents = new HashSet<String>();
        if (node.has("document")) {
            documents.add(node.get("document").asText());
        }
        node.path("documents").forEach(document -> documents.add(document.asText()));
        return documents;
    }

    private static Set<String> both(JsonNode first, JsonNode second) {
        var both = documents(first);
        both.addAll(documents(second));
        return both;
    }

    private static String article(JsonNode node) {
        var document = documents(node).iterator().next();
        return document.substring(0, Math.max(0, document.indexOf('-')));
    }

    private static String stripped(JsonNode node) {
        return node.get("question").asText().strip().replaceAll("[?.!]+$", "");
    }

    private static String lowered(String question) {
        return question.substring(0, 1).toLowerCase(Locale.ROOT) + question.substring(1);
    }
}
