package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks again for what the passages found so far lack. Each look is one retrieval under the same filter, so it reaches
 * nothing that the first may not. The best three of the passages before stay in front; behind them every third place is the
 * further look's: what one look finds is hardly lost, what it lacks gets room. Safe for use by many threads if its parts
 * are.
 */
public final class MultiHopRetriever implements Retriever {
    /** Places in front that a further look does not take, and the distance between two that it takes. */
    private static final int KEPT = 3;

    private final Retriever retriever;
    private final FollowUp followUp;
    private final int hops;

    /**
     * Makes a retriever.
     *
     * @param retriever takes each look
     * @param hops the most further looks, at least 0
     */
    public MultiHopRetriever(Retriever retriever, FollowUp followUp, int hops) {
        this.retriever = retriever;
        this.followUp = followUp;
        this.hops = hops;
    }

    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        var first = retriever.retrieve(question, count, filter);
        var timings = new HashMap<>(first.timings());
        var taken = new ArrayList<Hop>();
        var passages = first.passages();
        while (taken.size() < hops && !passages.isEmpty()) {
            long start = System.nanoTime();
            var next = followUp.next(question, passages, taken, filter);
            if (next.isEmpty()) {
                break;
            }
            var query = next.get();
            var found = retriever.retrieve(query.text(), count, filter).passages();
            var merged = merged(passages, found, KEPT + taken.size(), count);
            taken.add(new Hop(query.text(), query.reason(), added(passages, merged)));
            passages = merged;
            timings.put("hop_" + taken.size(), Duration.ofNanos(System.nanoTime() - start));
        }
        return new Retrieval(question, first.encoding(), passages, timings, taken, first.remarks());
    }

    private static List<RetrievedPassage> merged(
            List<RetrievedPassage> before, List<RetrievedPassage> found, int kept, int count) {
        var merged = new ArrayList<RetrievedPassage>();
        var ids = new HashSet<String>();
        int own = 0;
        int other = 0;
        while (merged.size() < count && (own < before.size() || other < found.size())) {
            boolean further = merged.size() >= kept && (merged.size() - kept) % KEPT == 0;
            if (other < found.size() && (further || own == before.size())) {
                add(found.get(other++), ids, merged);
            } else if (own < before.size()) {
                add(before.get(own++), ids, merged);
            } else {
                break;
            }
        }
        return merged;
    }

    /** Scores of two looks do not compare: a passage gets no higher one than those in front of it. */
    private static void add(RetrievedPassage passage, Set<String> ids, List<RetrievedPassage> merged) {
        if (ids.add(passage.passage().id())) {
            double score = merged.isEmpty()
                    ? passage.score()
                    : Math.min(passage.score(), merged.getLast().score());
            merged.add(new RetrievedPassage(passage.passage(), passage.metadata(), score, passage.cosine()));
        }
    }

    private static List<String> added(List<RetrievedPassage> before, List<RetrievedPassage> after) {
        var known = new HashSet<String>();
        before.forEach(passage -> known.add(passage.passage().id()));
        return after.stream()
                .map(passage -> passage.passage().id())
                .filter(id -> !known.contains(id))
                .toList();
    }
}
