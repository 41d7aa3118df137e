package dev.tandem.stores.remote;

import dev.tandem.knowledge.index.PassageWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.SmallFloat;

/**
 * BM25 over the passages of one commit, by Lucene's own arithmetic, so that whatever server found a passage it scores as in the
 * embedded index. A server's own BM25 counts what is deleted but not gone, has its own idea of words, or is none.
 */
final class WordScores {
    private final Map<String, SimScorer> scorers = new HashMap<>();
    private final Map<String, Double> weights = new HashMap<>();

    /**
     * Prepares a question.
     *
     * @param question its words and how often each stands there
     * @param frequencies how many passages hold each
     * @param passages how many there are
     * @param words how many words they have together
     */
    WordScores(Map<String, Integer> question, Map<String, Integer> frequencies, int passages, long words) {
        var similarity = new BM25Similarity((float) PassageWords.K1, (float) PassageWords.B);
        long atLeast = Math.max(passages, words);
        var collection = new CollectionStatistics("", passages, passages, atLeast, atLeast);
        question.forEach((stem, times) -> {
            int frequency = Math.min(passages, frequencies.getOrDefault(stem, 0));
            if (frequency > 0) {
                var term = new TermStatistics(new BytesRef(stem), frequency, frequency);
                scorers.put(stem, similarity.scorer(times, collection, term));
                weights.put(stem, times * Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)));
            }
        });
    }

    /** How much each word counts that any passage holds. */
    Map<String, Double> weights() {
        return weights;
    }

    /** The score of a passage with these words, each as often as it stands there. */
    double score(List<String> stems) {
        var counts = new HashMap<String, Integer>();
        stems.forEach(stem -> counts.merge(stem, 1, Integer::sum));
        long norm = SmallFloat.intToByte4(stems.size());
        double score = 0;
        for (var scorer : scorers.entrySet()) {
            int times = counts.getOrDefault(scorer.getKey(), 0);
            score += times == 0 ? 0 : scorer.getValue().score(times, norm);
        }
        return (float) score;
    }

    /**
     * The part of BM25 that lies in the passage, with one average length for all indexes, so that what was written once stays
     * right: good enough to choose the candidates that {@link #score} then puts in order.
     */
    static double inPassage(int times, int length) {
        return times
                * (PassageWords.K1 + 1)
                / (times + PassageWords.K1 * (1 - PassageWords.B + PassageWords.B * length / 100));
    }
}
