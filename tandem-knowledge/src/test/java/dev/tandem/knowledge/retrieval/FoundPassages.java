package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TokenVectors;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What an index found, as a retriever gives it, for tests that need no embedding. */
public final class FoundPassages {
    private FoundPassages() {}

    static Retrieval of(String question, PassageIndex.Snapshot snapshot, List<ScoredPassage> found) {
        return of(question, snapshot, found, passage -> 0);
    }

    /** The same with a similarity for each. */
    public static Retrieval of(
            String question,
            PassageIndex.Snapshot snapshot,
            List<ScoredPassage> found,
            ToDoubleFunction<Passage> similarity) {
        var loaded = snapshot.load(found);
        var passages = IntStream.range(0, found.size())
                .mapToObj(i -> new RetrievedPassage(
                        loaded.get(i).passage(),
                        loaded.get(i).metadata(),
                        found.get(i).score(),
                        similarity.applyAsDouble(loaded.get(i).passage())))
                .toList();
        return new Retrieval(question, new Encoding(new float[2], TokenVectors.NONE), passages, Map.of());
    }

    static List<String> documents(Retrieval retrieval) {
        return retrieval.passages().stream()
                .map(passage -> passage.passage().document())
                .toList();
    }
}
