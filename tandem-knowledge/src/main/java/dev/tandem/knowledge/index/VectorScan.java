package dev.tandem.knowledge.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.VectorUtil;

/**
 * Finds the nearest vectors by reading all that the filter leaves. Up to {@link #EXACT} of them are compared in full; more
 * are compared in 8 bits a number first, and the best {@link #OVERSAMPLE} times as many as wanted in full afterwards.
 */
final class VectorScan {
    /** So many full vectors are compared in a few milliseconds, without any approximation. */
    static final int EXACT = 20_000;

    /** Candidates taken from the 8-bit comparison for each one wanted. */
    private static final int OVERSAMPLE = 4;

    private final LiveSearcher searcher;
    private final float[] vector;
    private final Optional<PassageSet> allowed;

    /** A passage's Lucene number and its cosine with the question. */
    record Hit(int doc, float cosine) {}

    VectorScan(LiveSearcher searcher, float[] vector, Optional<PassageSet> allowed) {
        this.searcher = searcher;
        this.vector = vector;
        this.allowed = allowed;
    }

    /** The nearest passages, in no order; with those that tie with the last. */
    List<Hit> best(int count) throws IOException {
        boolean exact = allowed.map(PassageSet::size).orElse(searcher.passages()) <= EXACT;
        var best = new Best(exact ? count : count * OVERSAMPLE);
        for (var leaf : searcher.getIndexReader().leaves()) {
            var values = leaf.reader().getFloatVectorValues(PassageFields.VECTOR);
            if (values != null && values.size() > 0) {
                scan(leaf, values, exact, best);
            }
        }
        return exact ? best.hits() : inFull(best.hits());
    }

    private void scan(LeafReaderContext leaf, FloatVectorValues values, boolean exact, Best best) throws IOException {
        // The passages that are let through are living ones already.
        var bits = allowed.isPresent() ? allowed.get().in(leaf) : leaf.reader().getLiveDocs();
        var quantised = exact ? null : values.scorer(vector);
        var place = quantised == null ? values.iterator() : quantised.iterator();
        int doc = place.nextDoc();
        while (doc != DocIdSetIterator.NO_MORE_DOCS) {
            if (bits == null || bits.get(doc)) {
                float similarity = quantised == null
                        ? VectorUtil.dotProduct(vector, values.vectorValue(index(place)))
                        : quantised.score();
                best.offer(leaf.docBase + doc, similarity);
                doc = place.nextDoc();
            } else {
                doc = next(place, doc, bits);
            }
        }
    }

    private static int next(DocIdSetIterator place, int doc, Bits bits) throws IOException {
        if (!(bits instanceof FixedBitSet set)) {
            return place.nextDoc();
        }
        // nextSetBit does not take the length itself.
        int allowed = doc + 1 < set.length() ? set.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
        return allowed == DocIdSetIterator.NO_MORE_DOCS ? allowed : place.advance(allowed);
    }

    private static int index(DocIdSetIterator place) {
        return ((KnnVectorValues.DocIndexIterator) place).index();
    }

    private List<Hit> inFull(List<Hit> candidates) throws IOException {
        var hits = new ArrayList<Hit>(candidates.size());
        for (var leaf : searcher.getIndexReader().leaves()) {
            var values = leaf.reader().getFloatVectorValues(PassageFields.VECTOR);
            int end = leaf.docBase + leaf.reader().maxDoc();
            var here = candidates.stream()
                    .filter(hit -> hit.doc() >= leaf.docBase && hit.doc() < end)
                    .sorted(Comparator.comparingInt(Hit::doc))
                    .toList();
            if (values == null || here.isEmpty()) {
                continue;
            }
            var place = values.iterator();
            for (var hit : here) {
                place.advance(hit.doc() - leaf.docBase);
                hits.add(new Hit(hit.doc(), VectorUtil.dotProduct(vector, values.vectorValue(place.index()))));
            }
        }
        return hits;
    }

    /** The best so far, and all that are exactly as good as the last of them: who of these stays is decided by place. */
    private static final class Best {
        private final int count;
        private final PriorityQueue<Hit> heap = new PriorityQueue<>(
                Comparator.comparingDouble(Hit::cosine).thenComparing(Hit::doc, Comparator.reverseOrder()));
        private final List<Hit> ties = new ArrayList<>();

        Best(int count) {
            this.count = count;
        }

        void offer(int doc, float cosine) {
            if (heap.size() < count) {
                heap.add(new Hit(doc, cosine));
                return;
            }
            var last = heap.element();
            if (cosine == last.cosine()) {
                ties.add(new Hit(doc, cosine));
            } else if (cosine > last.cosine()) {
                heap.remove();
                heap.add(new Hit(doc, cosine));
                if (heap.element().cosine() == last.cosine()) {
                    ties.add(last);
                } else {
                    ties.clear();
                }
            }
        }

        List<Hit> hits() {
            var hits = new ArrayList<>(heap);
            hits.addAll(ties);
            return hits;
        }
    }
}
