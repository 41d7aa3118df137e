package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.answering.route.QuestionRouter;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.GapFollowUp;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.knowledge.retrieval.MultiHopRetriever;
import dev.tandem.knowledge.scope.ScopedRetriever;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.RecentQuestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a question costs beside its first look, in milliseconds on one core after a warm-up: its embedding, routing with and without
 * that, one look, each further look, and what the first question after a commit takes longer, and the first that names documents.
 *
 * <p>Arguments: an index, a file of questions (JSON lines with {@code "question"} or {@code "text"}), how many of them.
 */
public final class LookCost {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM_UP = 20;
    private static final int COUNT = 10;

    /** Every so many questions the titles and names are read anew. */
    private static final int FRESH = 10;

    private LookCost() {}

    public static void main(String[] arguments) throws IOException {
        var questions = questions(Path.of(arguments[1]), Integer.parseInt(arguments[2]) + WARM_UP);
        var times = new LinkedHashMap<String, List<Double>>();
        try (var encoder = new RecentQuestions(OnnxTextEncoder.bundled(), 1_000);
                var index = LucenePassageIndex.open(Path.of(arguments[0]));
                var snapshot = index.snapshot()) {
            var router = new QuestionRouter(index, encoder, question -> false);
            var retriever = new MultiHopRetriever(
                    new HybridRetriever(index, encoder, Fusion.BALANCED), new GapFollowUp(index), 2);
            for (int i = 0; i < questions.size(); i++) {
                var question = questions.get(i);
                var now = new LinkedHashMap<String, Double>();
                now.put("embedding", millis(() -> encoder.encodeQuestion(question)));
                now.put("routing, embedding known", millis(() -> router.route(question, List.of(), new Filter.All())));
                long start = System.nanoTime();
                var found = retriever.retrieve(question, COUNT, new Filter.All());
                double all = (System.nanoTime() - start) / 1e6;
                double hops = 0;
                for (var timing : found.timings().entrySet()) {
                    if (timing.getKey().startsWith("hop_")) {
                        double taken = timing.getValue().toNanos() / 1e6;
                        hops += taken;
                        now.merge("a further look, its embedding too", taken, Math::max);
                    }
                }
                now.put("one look", all - hops);
                if (i % FRESH == 0) {
                    var afterCommit = new MultiHopRetriever(
                            new HybridRetriever(index, encoder, Fusion.BALANCED), new GapFollowUp(index), 2);
                    double known = millis(() -> retriever.retrieve(question, COUNT, new Filter.All()));
                    now.put(
                            "the titles, once after a commit",
                            millis(() -> afterCommit.retrieve(question, COUNT, new Filter.All())) - known);
                    var look = new HybridRetriever(index, encoder, Fusion.BALANCED);
                    var scoped = new ScopedRetriever(look, look, index);
                    var naming = question + " according to the handbook page";
                    double first = millis(() -> scoped.retrieve(naming, COUNT, new Filter.All()));
                    now.put(
                            "the names, once after a commit",
                            first - millis(() -> scoped.retrieve(naming, COUNT, new Filter.All())));
                }
                if (i >= WARM_UP) {
                    now.forEach((name, time) -> times.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(time));
                }
            }
            System.out.printf("%d passages%n", snapshot.passageCount());
        }
        times.forEach(LookCost::print);
    }

    private static void print(String name, List<Double> times) {
        times.sort(null);
        System.out.printf(
                "%-36s n %4d  median %6.1f ms  95%% %6.1f ms%n",
                name, times.size(), times.get(times.size() / 2), times.get((int) (times.size() * 0.95)));
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static List<String> questions(Path file, int most) throws IOException {
        var questions = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            var node = JSON.readTree(line);
            questions.add(node.path("question").asText(node.path("text").asText()));
        }
        int step = Math.max(1, questions.size() / most);
        var some = new ArrayList<String>();
        for (int i = 0; i < questions.size() && some.size() < most; i += step) {
            some.add(questions.get(i));
        }
        return some;
    }
}
