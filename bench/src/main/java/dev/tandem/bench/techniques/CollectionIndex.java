package dev.tandem.bench.techniques;

import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.LateInteraction;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collections split, embedded and indexed as a workspace's documents are; an index that is there already is taken. */
public final class CollectionIndex {
    private static final int BATCH = 32;

    private CollectionIndex() {}

    /**
     * Opens or makes an index.
     *
     * @param context whether title and headings are embedded and searched with each passage
     */
    public static LucenePassageIndex of(
            TestCollection collection, Path keep, int tokens, boolean context, TextEncoder encoder) throws IOException {
        var name = collection.name() + "-" + tokens + (context ? "" : "-bare") + "-"
                + collection.documents().size();
        var index = LucenePassageIndex.open(Files.createDirectories(keep.resolve(name)));
        boolean isNew;
        try (var snapshot = index.snapshot()) {
            isNew = snapshot.description().isNew();
        }
        if (isNew) {
            long start = System.nanoTime();
            int passages = write(collection, index, tokens, context, encoder);
            System.out.printf(
                    "# %s: %d documents, %d passages, indexed in %.1f s%n",
                    name, collection.documents().size(), passages, (System.nanoTime() - start) / 1e9);
        }
        return index;
    }

    private static int write(
            TestCollection collection, LucenePassageIndex index, int tokens, boolean context, TextEncoder encoder) {
        var splitter = new PassageSplitter(new PassageSplitter.Settings(tokens, 0), encoder::countTokens);
        int count = 0;
        // Versions of a document share most of their passages.
        var known = new HashMap<String, Embedded>();
        try (var writing = index.write()) {
            for (var document : collection.documents()) {
                var stored = new ArrayList<StoredPassage>();
                var split = splitter.split(document).stream()
                        .map(passage -> context ? passage : bare(passage))
                        .toList();
                embed(split, encoder, known);
                for (var passage : split) {
                    var embedded = Objects.requireNonNull(known.get(Context.embedded(passage)));
                    stored.add(new StoredPassage(
                            passage, document.metadata(), passage.id(), embedded.vector(), embedded.tokenVectors()));
                }
                count += stored.size();
                writing.replace(
                        new IndexedDocument(
                                document.path(), "", document.title(), document.metadata(), "", 0, 0, stored.size()),
                        stored);
            }
            writing.commit(new IndexDescription(
                    encoder.id(), encoder.dimension(), splitter.settings().describe()));
        }
        return count;
    }

    private record Embedded(float[] vector, byte[] tokenVectors) {}

    private static void embed(List<Passage> passages, TextEncoder encoder, Map<String, Embedded> known) {
        var texts = passages.stream()
                .map(Context::embedded)
                .filter(text -> !known.containsKey(text))
                .distinct()
                .toList();
        for (int from = 0; from < texts.size(); from += BATCH) {
            var batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            var encodings = encoder.encodePassages(batch);
            for (int i = 0; i < batch.size(); i++) {
                var encoding = encodings.get(i);
                known.put(
                        batch.get(i),
                        new Embedded(encoding.vector(), LateInteraction.compress(batch.get(i), encoding.tokens())));
            }
        }
    }

    private static Passage bare(Passage passage) {
        return new Passage(
                passage.document(), passage.ordinal(), "", List.of(), passage.text(), passage.page(), passage.tokens());
    }
}
