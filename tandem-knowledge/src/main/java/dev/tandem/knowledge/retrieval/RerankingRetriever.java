package dev.tandem.knowledge.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.passage.Passage;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives the best passages of another retriever to a model that reads question and passage together, whose scores decide their order. The
 * filter holds for what the model is given, so it sees nothing that the caller may not.
 */
public final class RerankingRetriever implements Retriever {
    private final Retriever retriever;
    private final ScoringModel model;
    private final int candidates;

    /**
     * Puts a model behind a retriever.
     *
     * @param candidates how many passages the model is given; more if more are asked for
     */
    public RerankingRetriever(Retriever retriever, ScoringModel model, int candidates) {
        this.retriever = retriever;
        this.model = model;
        this.candidates = candidates;
    }

    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        var found = retriever.retrieve(question, Math.max(count, candidates), filter);
        var passages = found.passages();
        if (passages.isEmpty()) {
            return found;
        }
        long began = System.nanoTime();
        var scores = model.scoreAll(
                        passages.stream()
                                .map(each -> TextSegment.from(text(each.passage())))
                                .toList(),
                        question)
                .content();
        var timings = new HashMap<>(found.timings());
        timings.merge("rerank", Duration.ofNanos(System.nanoTime() - began), Duration::plus);
        // Stable: equals stay in the order in which they were found.
        var ranked = IntStream.range(0, passages.size())
                .mapToObj(i -> new RetrievedPassage(
                        passages.get(i).passage(),
                        passages.get(i).metadata(),
                        scores.get(i),
                        passages.get(i).cosine()))
                .sorted(Comparator.comparingDouble(RetrievedPassage::score).reversed())
                .limit(count)
                .toList();
        return new Retrieval(question, found.encoding(), ranked, timings, found.hops(), found.remarks());
    }

    private static String text(Passage passage) {
        return String.join(
                "\n",
                Stream.of(List.of(passage.title()), passage.headings(), List.of(passage.text()))
                        .flatMap(List::stream)
                        .filter(each -> !each.isBlank())
                        .distinct()
                        .toList());
    }
}
