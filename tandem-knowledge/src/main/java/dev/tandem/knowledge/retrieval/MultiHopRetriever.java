package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks again for what the passages found so far lack. Each look is one retrieval under the same filter, so it reaches
 * nothing that the first may not. The best three of the passages before stay in front. Behind them every third place is the
 * further look's where it asks for something of its own, and the next two where it knows the documents; where it looks for words
 * that are lacking, both looks are merged by reciprocal ranks (Cormack, Clarke and Buettcher 2009), the further one at half the
 * weight. What one look finds is hardly lost, what it lacks gets room. Safe for use by many threads if its parts are.
 */
public final class MultiHopRetriever implements Retriever {
    /** Places in front that a further look does not take, and the distance between two that it takes. */
    private static final int KEPT = 3;

    /** Passages of each look that are merged, at least. */
    private static final int MERGED = 20;

    /** What is added to ranks, which begin at 0: less makes the first ranks count more. */
    private static final int RANKS = 10;

    private static final double FURTHER_WEIGHT = 0.5;

    /** Places right behind the kept ones for documents that are known: a comparison needs two. */
    private static final int KNOWN_IN_FRONT = 2;

    /** A document so long that it fills a look may hide others, which then get another. */
    private static final int LOOKS_INTO_DOCUMENTS = 2;

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
        if (hops == 0) {
            return retriever.retrieve(question, count, filter);
        }
        int looked = Math.max(count, MERGED);
        var first = retriever.retrieve(question, looked, filter);
        var timings = new HashMap<>(first.timings());
        var taken = new ArrayList<Hop>();
        var passages = first.passages();
        int kept = KEPT;
        while (taken.size() < hops && !passages.isEmpty()) {
            long start = System.nanoTime();
            var next = followUp.next(question, passages, taken, filter);
            if (next.isEmpty()) {
                break;
            }
            var query = next.get();
            boolean known = !query.documents().isEmpty();
            var found = known
                    ? bestOfEach(query.documents(), question, looked, filter)
                    : retriever.retrieve(query.text(), looked, filter).passages();
            if (known && found.isEmpty()) {
                break;
            }
            int front = known ? Math.min(KNOWN_IN_FRONT, found.size()) : 1;
            var merged = query.ownQuestion()
                    ? inTurns(passages, found, kept, front, looked)
                    : fused(passages, found, kept, looked);
            kept += front;
            taken.add(new Hop(query.text(), query.reason(), added(first(passages, count), first(merged, count))));
            passages = merged;
            timings.put("hop_" + taken.size(), Duration.ofNanos(System.nanoTime() - start));
        }
        return new Retrieval(question, first.encoding(), first(passages, count), timings, taken, first.remarks());
    }

    private static List<RetrievedPassage> first(List<RetrievedPassage> passages, int count) {
        return passages.subList(0, Math.min(count, passages.size()));
    }

    /** The passage of each document that answers the question best, in the documents' order. */
    private List<RetrievedPassage> bestOfEach(List<String> documents, String question, int count, Filter filter) {
        var best = new LinkedHashMap<String, RetrievedPassage>();
        var lacking = new LinkedHashSet<>(documents);
        for (int look = 0; look < LOOKS_INTO_DOCUMENTS && !lacking.isEmpty(); look++) {
            List<FieldValue> paths = lacking.stream()
                    .map(path -> (FieldValue) new FieldValue.Text(path))
                    .toList();
            // The caller's filter stays in front, where access lists are looked for.
            var within = new Filter.In(Filter.PATH, paths);
            var both = filter instanceof Filter.All ? within : new Filter.And(List.of(filter, within));
            for (var passage : retriever.retrieve(question, count, both).passages()) {
                best.putIfAbsent(passage.passage().document(), passage);
            }
            lacking.removeAll(best.keySet());
        }
        return documents.stream()
                .flatMap(path -> Optional.ofNullable(best.get(path)).stream())
                .toList();
    }

    /** Every third place behind the kept ones is the further look's, and so many right behind them. */
    private static List<RetrievedPassage> inTurns(
            List<RetrievedPassage> before, List<RetrievedPassage> found, int kept, int front, int count) {
        var merged = new ArrayList<RetrievedPassage>();
        var ids = new HashSet<String>();
        int own = 0;
        int other = 0;
        while (merged.size() < count && (own < before.size() || other < found.size())) {
            int behind = merged.size() - kept;
            boolean further = behind >= 0 && (behind < front || behind % KEPT == 0);
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

    /** Behind the kept ones by their ranks in both looks: what both found rises. */
    private static List<RetrievedPassage> fused(
            List<RetrievedPassage> before, List<RetrievedPassage> found, int kept, int count) {
        var scores = new HashMap<String, Double>();
        addRanks(before, 1, scores);
        addRanks(found, FURTHER_WEIGHT, scores);
        var merged = new ArrayList<RetrievedPassage>();
        var ids = new HashSet<String>();
        before.stream().limit(kept).forEach(passage -> add(passage, ids, merged));
        Stream.concat(before.stream(), found.stream())
                .sorted(Comparator.comparingDouble((RetrievedPassage passage) ->
                                scores.getOrDefault(passage.passage().id(), 0.0))
                        .reversed())
                .forEach(passage -> add(passage, ids, merged));
        return List.copyOf(merged.subList(0, Math.min(count, merged.size())));
    }

    private static void addRanks(List<RetrievedPassage> passages, double weight, Map<String, Double> scores) {
        for (int i = 0; i < passages.size(); i++) {
            scores.merge(passages.get(i).passage().id(), weight / (RANKS + i), Double::sum);
        }
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
