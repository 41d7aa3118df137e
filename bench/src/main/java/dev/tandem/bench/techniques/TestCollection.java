package dev.tandem.bench.techniques;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.document.ReadingLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Documents with questions about them.
 *
 * @param name as it is reported
 * @param documents all of them, or those that the questions need and some others
 * @param questions evenly over the file
 */
public record TestCollection(String name, List<Document> documents, List<Question> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A longer answer is explained, not quoted: no passage holds it to the letter. */
    private static final int LONGEST_ANSWER = 100;

    /**
     * A question.
     *
     * @param grades how relevant documents are, by their paths
     * @param answers as they stand in documents; none where they do not
     */
    public record Question(String text, Map<String, Integer> grades, List<String> answers) {}

    /**
     * Reads a folder in BEIR's layout, or {@code DOCUMENTS=QUESTIONS.jsonl}.
     *
     * @param mostQuestions so many at most
     * @param mostDocuments so many at most, but for those that questions need
     */
    public static TestCollection read(String place, int mostQuestions, int mostDocuments) throws IOException {
        int border = place.indexOf('=');
        return border < 0
                ? beir(Path.of(place), mostQuestions, mostDocuments)
                : folder(Path.of(place.substring(0, border)), Path.of(place.substring(border + 1)), mostQuestions);
    }

    private static TestCollection beir(Path folder, int mostQuestions, int mostDocuments) throws IOException {
        var beir = BeirFolder.open(folder, BeirFolder.TEST);
        var answers = new HashMap<String, List<String>>();
        if (Files.exists(folder.resolve("questions.jsonl"))) {
            for (var node : lines(folder.resolve("questions.jsonl"))) {
                answers.put(node.path("question").asText(), answers(node));
            }
        }
        var questions = some(beir.queries(), mostQuestions).stream()
                .map(query -> new Question(
                        query.text(), beir.qrels().of(query.id()), answers.getOrDefault(query.text(), List.of())))
                .toList();
        var needed = new HashSet<String>();
        questions.forEach(question -> needed.addAll(question.grades().keySet()));
        var documents = new ArrayList<Document>();
        try (var all = beir.documents()) {
            for (var next = all.next(); next.isPresent(); next = all.next()) {
                var document = next.get();
                if (needed.contains(document.id()) || documents.size() < mostDocuments) {
                    documents.add(
                            new Document(document.id(), document.title(), Metadata.EMPTY, paragraphs(document.text())));
                }
            }
        }
        return new TestCollection(beir.name(), documents, questions);
    }

    private static List<Block> paragraphs(String text) {
        return Arrays.stream(text.split("\n\\s*\n", -1))
                .filter(part -> !part.isBlank())
                .map(part -> (Block) new Block.Paragraph(part.strip(), 0))
                .toList();
    }

    private static TestCollection folder(Path folder, Path file, int most) throws IOException {
        var documents = new ArrayList<Document>();
        try (var reader = new DocumentReader(ReadingLimits.DEFAULT);
                var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(path -> {
                var name = folder.relativize(path).toString();
                if (!name.endsWith("metadata.yaml")
                        && reader.read(path, name) instanceof ReadResult.Parsed(Document parsed)) {
                    documents.add(parsed);
                }
            });
        }
        var paths = new HashSet<>(documents.stream().map(Document::path).toList());
        var questions = new ArrayList<Question>();
        for (var node : lines(file)) {
            var grades = grades(node);
            if (!grades.isEmpty() && paths.containsAll(grades.keySet())) {
                questions.add(new Question(node.path("question").asText(), grades, answers(node)));
            }
        }
        var name = String.valueOf(file.getFileName()).replace(".jsonl", "");
        return new TestCollection(
                name.equals("questions")
                        ? folder.toAbsolutePath()
                                .getName(folder.toAbsolutePath().getNameCount() - 2)
                                .toString()
                        : name,
                documents,
                some(questions, most));
    }

    private static Map<String, Integer> grades(JsonNode node) {
        var grades = new HashMap<String, Integer>();
        node.path("documents").forEach(document -> grades.put(document.asText(), 1));
        return grades;
    }

    private static List<String> answers(JsonNode node) {
        var answers = new ArrayList<String>();
        node.path("answers").forEach(answer -> answers.add(answer.asText()));
        return answers.stream().anyMatch(answer -> answer.length() > LONGEST_ANSWER) ? List.of() : answers;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        var nodes = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(file)) {
            try {
                nodes.add(JSON.readTree(line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return nodes;
    }

    /** Evenly, since neighbours ask about the same. */
    private static <T> List<T> some(List<T> all, int most) {
        double step = Math.max(1, (double) all.size() / most);
        var some = new ArrayList<T>();
        for (double at = 0; (int) at < all.size() && some.size() < most; at += step) {
            some.add(all.get((int) at));
        }
        return List.copyOf(some);
    }

    /** Whether any document has a date in a field. */
    public boolean hasDates(String field) {
        return documents.stream()
                .anyMatch(document -> !document.metadata().values(field).isEmpty());
    }

    /** The paths of a question's documents. */
    public static Set<String> wanted(Question question) {
        return question.grades().keySet();
    }
}
