package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TextEncoder;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds passages by words (BM25) and by meaning (the embedding), fuses the two lists, re-ranks the best by late
 * interaction, and lets passages that resemble each other support each other.
 *
 * <ol>
 *   <li>The best {@link #LIST} of each list; their scores as z-scores of that list; a passage that a list lacks gets its
 *       lowest. First score: the weighted sum.
 *   <li>Of the best {@link #RERANKED}: late interaction of the question's content words, each weighted by its inverse
 *       document frequency, as a z-score over these passages; added with its weight.
 *   <li>The same passages: a share of each score is replaced by the mean score of its five nearest among them (the cluster
 *       hypothesis, van Rijsbergen 1979).
 *   <li>Of these, those that a {@link Selection} takes.
 * </ol>
 *
 * <p>Safe for use by many threads.
 */
public final class HybridRetriever implements Retriever {
    private static final int LIST = 100;
    private static final int RERANKED = 50;
    private static final int NEIGHBOURS = 5;

    private final PassageIndex index;
    private final TextEncoder encoder;
    private final Fusion fusion;
    private final Selection selection;
    private final AtomicReference<@Nullable Encoded> last = new AtomicReference<>();

    /**
     * Makes a retriever.
     *
     * @param encoder the one that the index was made with
     */
    public HybridRetriever(PassageIndex index, TextEncoder encoder, Fusion fusion) {
        this(index, encoder, fusion, Selection.BY_SCORE);
    }

    /** Makes a retriever that chooses among the best by more than their scores. */
    public HybridRetriever(PassageIndex index, TextEncoder encoder, Fusion fusion, Selection selection) {
        this.index = index;
        this.encoder = encoder;
        this.fusion = fusion;
        this.selection = selection;
    }

    /** An index may be made anew for another model at any time, by any process; what is searched below is this snapshot. */
    private void requireSameModel(PassageIndex.Snapshot snapshot) {
        var made = snapshot.description();
        if (!made.isNew() && !made.encoder().equals(encoder.id())) {
            throw IndexReplacedException.by(made.encoder());
        }
    }

    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        long start = System.nanoTime();
        var encoding = encoding(question);
        long encoded = System.nanoTime();
        try (var snapshot = index.snapshot()) {
            requireSameModel(snapshot);
            int depth = Math.max(LIST, count);
            var found = search(snapshot, question, encoding.vector(), depth, filter);
            var fused = fuse(found.words(), found.vectors());
            long searched = System.nanoTime();
            var ranked = rerank(question, encoding, fused, count, snapshot);
            long reranked = System.nanoTime();
            return new Retrieval(
                    question,
                    encoding,
                    ranked,
                    java.util.Map.of(
                            "encode", Duration.ofNanos(encoded - start),
                            "search", Duration.ofNanos(searched - encoded),
                            "rerank", Duration.ofNanos(reranked - searched)));
        }
    }

    /** Both lists, or the one that the fusion asks for. */
    private PassageIndex.Found search(
            PassageIndex.Snapshot snapshot, String question, float[] vector, int depth, Filter filter) {
        if (fusion.dense() == 0) {
            return new PassageIndex.Found(snapshot.searchWords(question, depth, filter), List.of());
        }
        return fusion.words() == 0
                ? new PassageIndex.Found(List.of(), snapshot.searchVector(vector, depth, filter))
                : snapshot.searchBoth(question, vector, depth, filter);
    }

    /** Whoever looks twice for one question, with another filter, does not wait for its embedding twice. */
    private Encoding encoding(String question) {
        var known = last.get();
        if (known != null && known.question().equals(question)) {
            return known.encoding();
        }
        var encoding = encoder.encodeQuestion(question);
        last.set(new Encoded(question, encoding));
        return encoding;
    }

    private record Encoded(String question, Encoding encoding) {}

    /** The union of the lists by weighted z-scores, best first. */
    private List<ScoredPassage> fuse(List<ScoredPassage> words, List<ScoredPassage> dense) {
        var wordScores = Standardised.of(words);
        var denseScores = Standardised.of(dense);
        var union = new LinkedHashMap<Integer, ScoredPassage>();
        words.forEach(passage -> union.putIfAbsent(passage.key(), passage));
        dense.forEach(passage -> union.putIfAbsent(passage.key(), passage));
        return union.values().stream()
                .map(passage -> new ScoredPassage(
                        passage.document(),
                        passage.ordinal(),
                        passage.key(),
                        fusion.words() * wordScores.of(passage.key()) + fusion.dense() * denseScores.of(passage.key())))
                .sorted(Comparator.comparingDouble(ScoredPassage::score)
                        .reversed()
                        .thenComparing(ScoredPassage::document)
                        .thenComparingInt(ScoredPassage::ordinal))
                .toList();
    }

    private List<RetrievedPassage> rerank(
            String question, Encoding encoding, List<ScoredPassage> fused, int count, PassageIndex.Snapshot snapshot) {
        int reranked = fusion.lateInteraction() == 0 ? 0 : Math.min(RERANKED, fused.size());
        int pool = selection.isByScore() ? Math.max(reranked, count) : Math.max(RERANKED, count + RERANKED / 2);
        var wanted = fused.subList(0, Math.min(fused.size(), pool));
        var loaded = snapshot.load(wanted);
        var scores = wanted.stream().mapToDouble(ScoredPassage::score).toArray();
        if (reranked > 0) {
            var terms = QuestionTerms.of(question, encoding.tokens(), InverseFrequency.of(snapshot)::of);
            addLateInteraction(terms, loaded.subList(0, reranked), scores);
            shareWithNeighbours(loaded.subList(0, reranked), scores);
        }
        return selection.of(loaded, scores, reranked, count).stream()
                .map(chosen -> retrieved(loaded.get(chosen.candidate()), chosen.score(), encoding))
                .toList();
    }

    private void addLateInteraction(QuestionTerms terms, List<StoredPassage> passages, double[] scores) {
        if (terms.isEmpty() || passages.stream().allMatch(passage -> passage.tokenVectors().length == 0)) {
            return;
        }
        var prepared = new LateInteraction.Question(terms.topicVectors(), terms.topicWeights());
        var interaction = passages.stream()
                .mapToDouble(passage -> prepared.score(passage.tokenVectors()))
                .toArray();
        var standardised = Standardised.of(interaction);
        for (int i = 0; i < interaction.length; i++) {
            scores[i] += fusion.lateInteraction() * standardised.standardise(interaction[i]);
        }
    }

    private void shareWithNeighbours(List<StoredPassage> passages, double[] scores) {
        int count = passages.size();
        int neighbours = Math.min(NEIGHBOURS, count - 1);
        if (fusion.neighbours() == 0 || neighbours < 1) {
            return;
        }
        var own = java.util.Arrays.copyOf(scores, count);
        var cosines = cosines(passages);
        for (int i = 0; i < count; i++) {
            var near = cosines[i];
            int self = i;
            double sum = java.util.stream.IntStream.range(0, count)
                    .filter(other -> other != self)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer other) -> near[other])
                            .reversed())
                    .limit(neighbours)
                    .mapToDouble(other -> own[other])
                    .sum();
            scores[i] = (1 - fusion.neighbours()) * own[i] + fusion.neighbours() * sum / neighbours;
        }
    }

    /** Of all pairs, each worked out once: sorting would ask for the same pair many times. */
    private static double[][] cosines(List<StoredPassage> passages) {
        var cosines = new double[passages.size()][passages.size()];
        for (int i = 0; i < cosines.length; i++) {
            for (int j = 0; j < i; j++) {
                cosines[i][j] = LateInteraction.dot(
                        passages.get(i).vector(), passages.get(j).vector());
                cosines[j][i] = cosines[i][j];
            }
        }
        return cosines;
    }

    private static RetrievedPassage retrieved(StoredPassage stored, double score, Encoding question) {
        return new RetrievedPassage(
                stored.passage(), stored.metadata(), score, LateInteraction.dot(stored.vector(), question.vector()));
    }
}
