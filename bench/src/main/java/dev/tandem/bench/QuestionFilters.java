package dev.tandem.bench;

import dev.tandem.bench.techniques.CollectionIndex;
import dev.tandem.bench.techniques.TestCollection;
import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.knowledge.scope.ScopedRetriever;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Filters from the question, off and on: the collection's own questions, which name no documents; the same with a phrase made
 * by rule from the right document's title, fields and date; and with that of a document that is wrong. Then how many questions
 * of other collections are taken to name documents of this one, where none does.
 *
 * <p>Arguments: a folder to keep the indexes in, the most questions, a file of other questions (JSON lines with
 * {@code "question"} or texts), then collections as {@link RetrievalTechniques} takes them.
 */
public final class QuestionFilters {
    private static final Pattern QUESTION = Pattern.compile("\"(?:question|text)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final List<String> FIELDS =
            List.of("department", "category", "folder", "tags", "format", "author", "licence");
    private static final List<String> DATES = List.of("updated", "published");
    private static final int FOUND = 20;

    private QuestionFilters() {}

    public static void main(String[] arguments) throws IOException {
        var others = new ArrayList<String>();
        for (var line : Files.readAllLines(Path.of(arguments[2]))) {
            var matcher = QUESTION.matcher(line);
            if (matcher.find()) {
                others.add(matcher.group(1).replace("\\\"", "\"").replace("\\u2019", "'"));
            }
        }
        System.out.printf(
                "%-12s %-26s %5s %8s %8s %7s %7s %8s %8s %6s%n",
                "collection", "questions", "n", "nDCG off", "on", "doc@1", "on", "filtered", "relaxed", "ms +");
        try (var encoder = OnnxTextEncoder.bundled()) {
            for (var place : Arrays.asList(arguments).subList(3, arguments.length)) {
                var collection = TestCollection.read(place, Integer.parseInt(arguments[1]), Integer.MAX_VALUE);
                try (var index = CollectionIndex.of(collection, Path.of(arguments[0]), 384, true, encoder)) {
                    measure(collection, index, encoder);
                    foreign(collection, index, others);
                }
            }
        }
    }

    private static void measure(TestCollection collection, PassageIndex index, TextEncoder encoder) {
        var documents = collection.documents().stream().collect(Collectors.toMap(Document::path, Function.identity()));
        measure("as they are", collection, index, encoder, question -> Optional.of(question.text()));
        measure(
                "+ title",
                collection,
                index,
                encoder,
                question -> phrase(question, document -> title(document), documents));
        measure(
                "title in front",
                collection,
                index,
                encoder,
                question ->
                        phrase(question, document -> title(document), documents).map(QuestionFilters::turned));
        measure("+ year", collection, index, encoder, question -> phrase(question, QuestionFilters::year, documents));
        for (var field : FIELDS) {
            measure(
                    "+ " + field,
                    collection,
                    index,
                    encoder,
                    question -> phrase(question, document -> field(document, field), documents));
        }
        var all = collection.documents();
        measure("+ another one's title", collection, index, encoder, question -> {
            int right = all.indexOf(
                    documents.get(TestCollection.wanted(question).iterator().next()));
            return title(all.get((right + all.size() / 2) % all.size())).map(words -> question(question, words));
        });
    }

    private static Optional<String> phrase(
            TestCollection.Question question,
            Function<Document, Optional<String>> words,
            Map<String, Document> documents) {
        return TestCollection.wanted(question).size() != 1
                ? Optional.empty()
                : words.apply(Objects.requireNonNull(documents.get(
                                TestCollection.wanted(question).iterator().next())))
                        .map(phrase -> question(question, phrase));
    }

    private static String question(TestCollection.Question question, String phrase) {
        return question.text().replaceAll("\\s*[?.]\\s*$", "") + " " + phrase + "?";
    }

    /** What a phrase at the end says, said first: "According to the leave page, how long is the leave?" */
    private static String turned(String question) {
        int phrase = question.lastIndexOf(" according to the ");
        return "A" + question.substring(phrase + 2, question.length() - 1) + ", "
                + Character.toLowerCase(question.charAt(0)) + question.substring(1, phrase) + "?";
    }

    private static Optional<String> title(Document document) {
        return document.title().isBlank()
                ? Optional.empty()
                : Optional.of("according to the " + document.title() + " page");
    }

    private static Optional<String> year(Document document) {
        return DATES.stream()
                .flatMap(field -> document.metadata().values(field).stream())
                .filter(FieldValue.Date.class::isInstance)
                .map(date ->
                        "in documents from " + ((FieldValue.Date) date).value().getYear())
                .findFirst();
    }

    private static Optional<String> field(Document document, String field) {
        return document.metadata().values(field).stream()
                .reduce((first, last) -> last)
                .map(FieldValue::display)
                .map(value -> value.substring(value.lastIndexOf('/') + 1).replace('-', ' '))
                .filter(value -> !value.isBlank())
                .map(value -> switch (field) {
                    case "department" -> "in the documents of the " + value + " department";
                    case "author" -> "in the documents by " + value;
                    default -> "in the " + value + " documents";
                });
    }

    private static void measure(
            String name,
            TestCollection collection,
            PassageIndex index,
            TextEncoder encoder,
            Function<TestCollection.Question, Optional<String>> asked) {
        var off = new HybridRetriever(index, encoder, Fusion.BALANCED);
        // Each its own, since a retriever keeps the last question's embedding.
        var within = new HybridRetriever(index, encoder, Fusion.BALANCED);
        var on = new ScopedRetriever(within, within, index);
        var sums = new double[7];
        int n = 0;
        for (var question : collection.questions()) {
            var text = asked.apply(question);
            if (text.isEmpty()) {
                continue;
            }
            n++;
            long start = System.nanoTime();
            var before = off.retrieve(text.get(), FOUND, new Filter.All());
            long between = System.nanoTime();
            var after = on.retrieve(text.get(), FOUND, new Filter.All());
            sums[6] += (System.nanoTime() - between - (between - start)) / 1e6;
            add(sums, 0, before, question);
            add(sums, 1, after, question);
            sums[4] += after.remarks().stream().anyMatch(remark -> remark.startsWith("Only")) ? 1 : 0;
            sums[5] += after.remarks().stream().anyMatch(remark -> !remark.startsWith("Only")) ? 1 : 0;
        }
        if (n > 0) {
            System.out.printf(
                    "%-12s %-26s %5d %8.4f %8.4f %7.3f %7.3f %7.1f%% %7.1f%% %6.1f%n",
                    collection.name(),
                    name,
                    n,
                    sums[0] / n,
                    sums[1] / n,
                    sums[2] / n,
                    sums[3] / n,
                    100 * sums[4] / n,
                    100 * sums[5] / n,
                    sums[6] / n);
        }
    }

    private static void add(double[] sums, int place, Retrieval found, TestCollection.Question question) {
        var documents = new LinkedHashSet<String>();
        found.passages().forEach(passage -> documents.add(passage.passage().document()));
        var ranking = new ArrayList<ScoredDocument>();
        documents.forEach(document -> ranking.add(new ScoredDocument(document, -ranking.size())));
        sums[place] += RetrievalMeasure.at(RetrievalMeasure.Kind.NDCG, 10).value(ranking, question.grades());
        sums[2 + place] += !ranking.isEmpty()
                        && question.grades().containsKey(ranking.getFirst().document())
                ? 1
                : 0;
    }

    private static void foreign(TestCollection collection, PassageIndex index, List<String> questions) {
        Retriever nothing = (question, count, filter) -> new Retrieval(
                question,
                new dev.tandem.models.embedding.Encoding(new float[1], dev.tandem.models.embedding.TokenVectors.NONE),
                List.of(),
                Map.of());
        var scoped = new ScopedRetriever(nothing, nothing, index);
        var taken = questions.stream()
                .filter(question -> !scoped.retrieve(question, 1, new Filter.All())
                        .remarks()
                        .isEmpty())
                .toList();
        System.out.printf(
                "%-12s %d of %d other questions are taken to name documents of it%n",
                collection.name(), taken.size(), questions.size());
        taken.stream().limit(10).forEach(question -> System.out.println("    " + question));
    }
}
