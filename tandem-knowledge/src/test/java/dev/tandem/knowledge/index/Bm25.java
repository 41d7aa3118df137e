package dev.tandem.knowledge.index;

import java.util.Collection;
import org.apache.lucene.util.SmallFloat;

/** BM25 counted out passage by passage. */
final class Bm25 {
    private Bm25() {}

    static double score(
            String question, ScoredPassage found, Collection<dev.tandem.knowledge.passage.Passage> passages) {
        var words = passages.stream().map(PassageWords::of).toList();
        double average = words.stream()
                .mapToInt(counts ->
                        counts.values().stream().mapToInt(count -> count).sum())
                .average()
                .orElseThrow();
        var here = passages.stream()
                .filter(passage -> passage.document().equals(found.document()) && passage.ordinal() == found.ordinal())
                .map(PassageWords::of)
                .findFirst()
                .orElseThrow();
        int length = SmallFloat.byte4ToInt(SmallFloat.intToByte4(
                here.values().stream().mapToInt(count -> count).sum()));
        double score = 0;
        for (var word : PassageWords.ofQuestion(question).entrySet()) {
            long containing = words.stream()
                    .filter(counts -> counts.containsKey(word.getKey()))
                    .count();
            double inverse = Math.log(1 + (passages.size() - containing + 0.5) / (containing + 0.5));
            double times = here.getOrDefault(word.getKey(), 0);
            score += word.getValue() * inverse * times / (times + 1.2 * (0.25 + 0.75 * length / average));
        }
        return score;
    }
}
