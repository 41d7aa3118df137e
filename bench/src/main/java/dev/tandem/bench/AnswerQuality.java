package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.answering.answer.ExtractiveAnswerer;
import dev.tandem.answering.citation.Citation;
import dev.tandem.evaluation.metric.AnswerMetrics;
import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Extractive answers to questions with known answers: how often the quote holds the answer, its token F1, how often the
 * first citation is the right document, and how many questions are declined. Then the same questions over an index of
 * another collection, where all should be declined.
 *
 * <p>Arguments: a folder to keep the indexes in, the most questions, a BEIR folder with questions.jsonl, another one.
 */
public final class AnswerQuality {
    private static final PassageSplitter.Settings PASSAGES = new PassageSplitter.Settings(384, 0);

    private AnswerQuality() {}

    public static void main(String[] arguments) throws IOException {
        var keep = Path.of(arguments[0]);
        int most = Integer.parseInt(arguments[1]);
        var questions = questions(Path.of(arguments[2]), most);
        try (var encoder = OnnxTextEncoder.bundled()) {
            answer(Path.of(arguments[2]), keep, encoder, questions);
            if (arguments.length > 3) {
                decline(Path.of(arguments[3]), keep, encoder, questions);
            }
        }
    }

    private static List<JsonNode> questions(Path folder, int most) throws IOException {
        var json = new ObjectMapper();
        var all = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(folder.resolve("questions.jsonl"))) {
            all.add(json.readTree(line));
        }
        // Evenly over the file, since neighbours ask about the same paragraph.
        int step = Math.max(1, all.size() / most);
        var some = new ArrayList<JsonNode>();
        for (int i = 0; i < all.size() && some.size() < most; i += step) {
            some.add(all.get(i));
        }
        return some;
    }

    private static void answer(Path folder, Path keep, OnnxTextEncoder encoder, List<JsonNode> questions)
            throws IOException {
        try (var index = index(folder, keep, encoder)) {
            var answerer = answerer(index, encoder);
            double contained = 0;
            double f1 = 0;
            int right = 0;
            int declined = 0;
            double sentences = 0;
            for (var question : questions) {
                var answer = answerer.answer(question.get("question").asText(), new Filter.All(), text -> {});
                if (answer.abstained()) {
                    declined++;
                    continue;
                }
                var quote = answer.citations().stream().map(Citation::quote).collect(Collectors.joining(" "));
                var expected = new ArrayList<String>();
                question.get("answers").forEach(text -> expected.add(text.asText()));
                var metrics = AnswerMetrics.of(quote, expected);
                contained += metrics.contained();
                f1 += metrics.f1();
                var first = answer.citations().getFirst().document();
                right += question.path("document").asText().equals(first)
                                || question.path("documents")
                                        .valueStream()
                                        .anyMatch(one -> one.asText().equals(first))
                        ? 1
                        : 0;
                sentences += answer.citations().size();
            }
            double n = questions.size();
            System.out.printf(
                    "%s: %d questions, contained %.1f%%, F1 %.1f, right document %.1f%%, sentences %.2f, declined %.1f%%"
                            + " (declined count as wrong)%n",
                    folder.getFileName(),
                    questions.size(),
                    100 * contained / n,
                    100 * f1 / n,
                    100 * right / n,
                    sentences / (n - declined),
                    100 * declined / n);
        }
    }

    private static void decline(Path other, Path keep, OnnxTextEncoder encoder, List<JsonNode> questions)
            throws IOException {
        try (var index = index(other, keep, encoder)) {
            var answerer = answerer(index, encoder);
            int declined = 0;
            for (var question : questions) {
                declined += answerer.answer(question.get("question").asText(), new Filter.All(), text -> {})
                                .abstained()
                        ? 1
                        : 0;
            }
            System.out.printf(
                    "the same questions to %s: %.1f%% declined%n",
                    other.getFileName(), 100.0 * declined / questions.size());
        }
    }

    private static LucenePassageIndex index(Path folder, Path keep, OnnxTextEncoder encoder) throws IOException {
        var beir = BeirFolder.open(folder, BeirFolder.TEST);
        var place =
                Files.createDirectories(keep.resolve(beir.name() + "-" + PASSAGES.tokens() + "-" + PASSAGES.overlap()));
        var index = LucenePassageIndex.open(place);
        boolean empty;
        try (var snapshot = index.snapshot()) {
            empty = snapshot.description().isNew();
        }
        if (empty) {
            var splitter = new PassageSplitter(PASSAGES, encoder::countTokens);
            CorpusIndex.build(beir, index, splitter, encoder, Progress.silent());
        }
        return index;
    }

    private static ExtractiveAnswerer answerer(LucenePassageIndex index, OnnxTextEncoder encoder) {
        return new ExtractiveAnswerer(
                new HybridRetriever(index, encoder, Fusion.BALANCED),
                index,
                encoder,
                ExtractiveAnswerer.Options.DEFAULT);
    }
}
