package dev.tandem.bench;

import dev.tandem.answering.answer.ExtractiveAnswerer;
import dev.tandem.answering.citation.Citation;
import dev.tandem.bench.techniques.CollectionIndex;
import dev.tandem.bench.techniques.TestCollection;
import dev.tandem.evaluation.metric.AnswerMetrics;
import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.knowledge.retrieval.NearDuplicates;
import dev.tandem.knowledge.retrieval.Recency;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.knowledge.retrieval.Selection;
import dev.tandem.knowledge.retrieval.Surroundings;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Each technique on and off, one line a technique and collection: nDCG@10 and recall@5 of documents, the right document and
 * the answer in the first passage, the answer within the context (the first five passages with what is read around them), its
 * tokens, repetitions among the first ten passages, the answer in the extractive answerer's quotes, and milliseconds a question
 * for finding the context.
 *
 * <p>Arguments: a folder to keep the indexes in, the most questions, the most documents, then collections: BEIR folders, or
 * DOCUMENTS=QUESTIONS.jsonl.
 */
public final class RetrievalTechniques {
    private static final int FOUND = 20;
    private static final int CONTEXT = 5;
    private static final int USUAL = 384;
    private static final int SMALL = 128;
    private static final String DATE = "updated";

    private RetrievalTechniques() {}

    private record Technique(String name, Selection selection, Surroundings.Settings around, boolean answered) {}

    public static void main(String[] arguments) throws IOException {
        var keep = Path.of(arguments[0]);
        System.out.printf(
                "%-18s %-24s %4s %7s %7s %6s %6s %7s %6s %5s %7s %6s%n",
                "collection",
                "technique",
                "n",
                "nDCG@10",
                "rec@5",
                "doc@1",
                "ans@1",
                "ans@ctx",
                "tokens",
                "dup",
                "quoted",
                "ms");
        try (var encoder = OnnxTextEncoder.bundled()) {
            for (var place : Arrays.asList(arguments).subList(3, arguments.length)) {
                measure(
                        TestCollection.read(place, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])),
                        keep,
                        encoder);
            }
        }
    }

    private static void measure(TestCollection collection, Path keep, TextEncoder encoder) throws IOException {
        try (var index = CollectionIndex.of(collection, keep, USUAL, true, encoder)) {
            usual(collection).forEach(technique -> measure(collection, technique, index, encoder));
        }
        try (var index = CollectionIndex.of(collection, keep, USUAL, false, encoder)) {
            measure(collection, plain("without context line"), index, encoder);
        }
        try (var index = CollectionIndex.of(collection, keep, SMALL, true, encoder)) {
            measure(collection, plain("passages of 128"), index, encoder);
            measure(collection, around("128, parents of 384", 0, USUAL), index, encoder);
            measure(collection, around("128, neighbours 1", 1, 0), index, encoder);
        }
    }

    private static List<Technique> usual(TestCollection collection) {
        var techniques = new ArrayList<Technique>();
        techniques.add(plain("none"));
        techniques.add(chosen("near-duplicates", new Selection(true, 0, Optional.empty(), "updated")));
        for (double diversity : new double[] {0.1, 0.3}) {
            techniques.add(
                    chosen("diversity " + diversity, new Selection(false, diversity, Optional.empty(), "updated")));
        }
        if (collection.hasDates(DATE)) {
            for (double days : new double[] {30, 365}) {
                techniques.add(chosen(
                        "recency %.0f days".formatted(days),
                        new Selection(false, 0, Optional.of(new Recency(DATE, days)), "updated")));
            }
            techniques.add(chosen(
                    "recency 365, near-dupl.", new Selection(true, 0, Optional.of(new Recency(DATE, 365)), "updated")));
        }
        techniques.add(around("neighbours 1", 1, 0));
        return techniques;
    }

    private static Technique plain(String name) {
        return chosen(name, Selection.BY_SCORE);
    }

    private static Technique chosen(String name, Selection selection) {
        return new Technique(name, selection, Surroundings.Settings.NONE, selection.diversity() == 0);
    }

    private static Technique around(String name, int neighbours, int parent) {
        return new Technique(name, Selection.BY_SCORE, new Surroundings.Settings(neighbours, parent), true);
    }

    private static void measure(
            TestCollection collection, Technique technique, PassageIndex index, TextEncoder encoder) {
        var retriever = new HybridRetriever(index, encoder, Fusion.BALANCED, technique.selection());
        var surroundings = new Surroundings(index, technique.around());
        var answerer = new ExtractiveAnswerer(
                retriever, index, encoder, ExtractiveAnswerer.Options.DEFAULT, technique.around());
        var sums = new double[8];
        int answerable = 0;
        var times = new ArrayList<Double>();
        for (var question : collection.questions()) {
            long start = System.nanoTime();
            var found = retriever.retrieve(question.text(), FOUND, new Filter.All());
            var context = surroundings.around(first(found.passages(), CONTEXT), found.encoding());
            times.add((System.nanoTime() - start) / 1e6);
            var ranking = ranking(found.passages());
            sums[0] += RetrievalMeasure.at(RetrievalMeasure.Kind.NDCG, 10).value(ranking, question.grades());
            sums[1] += RetrievalMeasure.at(RetrievalMeasure.Kind.RECALL, 5).value(ranking, question.grades());
            sums[2] += !ranking.isEmpty()
                            && question.grades().getOrDefault(ranking.getFirst().document(), 0) > 0
                    ? 1
                    : 0;
            sums[5] += context.stream()
                    .mapToInt(passage -> passage.passage().tokens())
                    .sum();
            var ten = first(found.passages(), 10);
            sums[6] += ten.size() - NearDuplicates.removed(ten).size();
            if (!question.answers().isEmpty()) {
                answerable++;
                sums[3] += contained(text(first(found.passages(), 1)), question);
                sums[4] += contained(text(context), question);
                if (technique.answered()) {
                    sums[7] += contained(quotes(answerer, question), question);
                }
            }
        }
        times.sort(null);
        double n = Math.max(1, collection.questions().size());
        double a = answerable == 0 ? Double.NaN : answerable;
        System.out.printf(
                "%-18s %-24s %4d %7.4f %7.4f %6.3f %6.3f %7.3f %6.0f %5.2f %7.3f %6.1f%n",
                collection.name(),
                technique.name(),
                collection.questions().size(),
                sums[0] / n,
                sums[1] / n,
                sums[2] / n,
                sums[3] / a,
                sums[4] / a,
                sums[5] / n,
                sums[6] / n,
                technique.answered() ? sums[7] / a : Double.NaN,
                times.get(times.size() / 2));
    }

    private static String quotes(ExtractiveAnswerer answerer, TestCollection.Question question) {
        return answerer.answer(question.text(), new Filter.All(), partial -> {}).citations().stream()
                .map(Citation::quote)
                .collect(Collectors.joining(" "));
    }

    private static double contained(String text, TestCollection.Question question) {
        return AnswerMetrics.of(text, question.answers()).contained();
    }

    private static String text(List<RetrievedPassage> passages) {
        return passages.stream().map(passage -> passage.passage().text()).collect(Collectors.joining("\n"));
    }

    private static List<RetrievedPassage> first(List<RetrievedPassage> passages, int count) {
        return passages.subList(0, Math.min(count, passages.size()));
    }

    private static List<ScoredDocument> ranking(List<RetrievedPassage> passages) {
        var documents = new LinkedHashSet<String>();
        passages.forEach(passage -> documents.add(passage.passage().document()));
        var ranking = new ArrayList<ScoredDocument>();
        documents.forEach(document -> ranking.add(new ScoredDocument(document, -ranking.size())));
        return ranking;
    }
}
