package dev.tandem.bench;

import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.retrieval.RetrievalEvaluation;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * nDCG@10 of every fusion on test collections in BEIR's layout, one line a collection.
 *
 * <p>Arguments: passage size in tokens, overlap, a folder to keep the indexes in, then the collections' folders.
 */
public final class RetrievalQuality {
    private RetrievalQuality() {}

    public static void main(String[] arguments) throws IOException {
        var settings = new PassageSplitter.Settings(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        var keep = Path.of(arguments[2]);
        System.out.printf("%-18s", "nDCG@10");
        Arrays.stream(Fusion.values()).forEach(fusion -> System.out.printf(" %9s", fusion.key()));
        System.out.println("   recall@100  p50 ms");
        try (var encoder = OnnxTextEncoder.bundled()) {
            for (var argument : Arrays.asList(arguments).subList(3, arguments.length)) {
                measure(BeirFolder.open(Path.of(argument), BeirFolder.TEST), settings, keep, encoder);
            }
        }
    }

    private static void measure(
            BeirFolder folder, PassageSplitter.Settings settings, Path keep, OnnxTextEncoder encoder)
            throws IOException {
        var place = Files.createDirectories(
                keep.resolve(folder.name() + "-" + settings.tokens() + "-" + settings.overlap()));
        try (var index = LucenePassageIndex.open(place)) {
            boolean empty;
            try (var snapshot = index.snapshot()) {
                empty = snapshot.description().isNew();
            }
            if (empty) {
                var splitter = new PassageSplitter(settings, encoder::countTokens);
                CorpusIndex.build(folder, index, splitter, encoder, Progress.silent());
            }
            System.out.printf("%-18s", folder.name());
            var tail = "";
            for (var fusion : Fusion.values()) {
                var outcome = RetrievalEvaluation.standard()
                        .evaluate(
                                folder,
                                CorpusIndex.ranking(new HybridRetriever(index, encoder, fusion)),
                                Progress.silent());
                var metrics = outcome.metrics();
                System.out.printf(" %9.4f", metrics.mean(RetrievalMeasure.at(RetrievalMeasure.Kind.NDCG, 10)));
                System.out.flush();
                if (fusion == Fusion.BALANCED) {
                    tail = "   %10.4f  %s"
                            .formatted(
                                    metrics.mean(RetrievalMeasure.at(RetrievalMeasure.Kind.RECALL, 100)),
                                    outcome.report().toJson().replaceAll("(?s).*\"p50\"\\s*:\\s*([0-9.]+).*", "$1"));
                }
            }
            System.out.println(tail);
        }
    }
}
