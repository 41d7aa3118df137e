package dev.tandem.evaluation.retrieval;

import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.evaluation.testset.TestDocument;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.LateInteraction;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A test collection put through the same splitting, embedding and index as a workspace's documents, so that what is
 * measured on it is what a workspace gets.
 */
public final class CorpusIndex {
    /** Passages embedded in one call; enough to keep every core busy. */
    private static final int BATCH = 64;

    private CorpusIndex() {}

    /** Splits, embeds and indexes a corpus into an empty index, and commits. */
    public static void build(
            BeirFolder folder, PassageIndex index, PassageSplitter splitter, TextEncoder encoder, Progress progress) {
        try (var documents = folder.documents();
                var writing = index.write();
                var task = progress.start("Indexing", Progress.UNKNOWN, "documents")) {
            var batch = new ArrayList<Document>();
            int passages = 0;
            for (var next = documents.next(); next.isPresent(); next = documents.next()) {
                var document = document(next.get());
                batch.add(document);
                passages += splitter.split(document).size();
                if (passages >= BATCH) {
                    write(batch, writing, splitter, encoder);
                    task.step(batch.size());
                    batch.clear();
                    passages = 0;
                }
            }
            write(batch, writing, splitter, encoder);
            writing.commit(new IndexDescription(
                    encoder.id(), encoder.dimension(), splitter.settings().describe()));
        }
    }

    /** A test document as a document: its paragraphs are what blank lines part. */
    private static Document document(TestDocument document) {
        var blocks = Arrays.stream(document.text().split("\n\\s*\n", -1))
                .filter(part -> !part.isBlank())
                .map(part -> (Block) new Block.Paragraph(part.strip(), 0))
                .toList();
        return new Document(document.id(), document.title(), Metadata.EMPTY, blocks);
    }

    private static void write(
            List<Document> documents, PassageIndex.Writing writing, PassageSplitter splitter, TextEncoder encoder) {
        var split = documents.stream().map(splitter::split).toList();
        var texts = split.stream().flatMap(List::stream).map(Context::embedded).toList();
        var encodings = encoder.encodePassages(texts);
        int next = 0;
        for (int i = 0; i < documents.size(); i++) {
            var stored = new ArrayList<StoredPassage>();
            for (var passage : split.get(i)) {
                var encoding = encodings.get(next);
                stored.add(new StoredPassage(
                        passage,
                        Metadata.EMPTY,
                        passage.id(),
                        encoding.vector(),
                        LateInteraction.compress(texts.get(next), encoding.tokens())));
                next++;
            }
            var document = documents.get(i);
            writing.replace(
                    new IndexedDocument(document.path(), "", document.title(), Metadata.EMPTY, "", 0, 0, stored.size()),
                    stored);
        }
    }

    /** A retriever as a ranking of documents: each as good as its best passage. */
    public static RankingFunction ranking(Retriever retriever) {
        return (id, text, depth) -> {
            var best = new LinkedHashMap<String, Double>();
            // Several passages of one document may be among the best: ask for more than the documents wanted.
            for (var found :
                    retriever.retrieve(text, 2 * depth, new Filter.All()).passages()) {
                best.putIfAbsent(found.passage().document(), found.score());
            }
            return inOrder(best, depth);
        };
    }

    /** Scores fall with the rank: what was not re-ranked stands behind what was, whatever its first score. */
    private static List<ScoredDocument> inOrder(Map<String, Double> best, int depth) {
        var ranked = new ArrayList<ScoredDocument>();
        double last = Double.POSITIVE_INFINITY;
        for (var entry : best.entrySet()) {
            double score = Math.min(entry.getValue(), last - 1e-4);
            ranked.add(new ScoredDocument(entry.getKey(), score));
            last = score;
            if (ranked.size() == depth) {
                break;
            }
        }
        return ranked;
    }
}
