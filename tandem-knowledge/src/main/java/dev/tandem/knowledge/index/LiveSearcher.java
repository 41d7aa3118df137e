package dev.tandem.knowledge.index;

import dev.tandem.knowledge.filter.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.FixedBitSet;

/**
 * Scores by what is in the index now. Lucene counts deleted documents in its statistics until they are merged away, so
 * after an update BM25 would differ from that of an index built afresh; this counts living passages only. Where a segment
 * has no deletions that costs nothing more.
 */
final class LiveSearcher extends IndexSearcher {
    /** Filters whose passages are remembered; each takes a bit a passage. */
    private static final int KEPT_SETS = 16;

    /** Terms whose frequency is remembered: more than any question has, yet a bound for a server that runs for weeks. */
    private static final int KEPT_FREQUENCIES = 20_000;

    private final int passages;
    private final long terms;
    private final ConcurrentHashMap<Term, Integer> frequencies = new ConcurrentHashMap<>();
    private final Map<Filter, PassageSet> sets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Filter, PassageSet> eldest) {
            return size() > KEPT_SETS;
        }
    };

    LiveSearcher(IndexReader reader) throws IOException {
        super(reader);
        setSimilarity(new BM25Similarity(1.2f, 0.75f));
        int livePassages = 0;
        long liveTerms = 0;
        for (var leaf : reader.leaves()) {
            var lengths = leaf.reader().getNumericDocValues(PassageFields.LENGTH);
            var live = leaf.reader().getLiveDocs();
            while (lengths != null && lengths.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if (live == null || live.get(lengths.docID())) {
                    livePassages++;
                    liveTerms += lengths.longValue();
                }
            }
        }
        passages = livePassages;
        terms = liveTerms;
    }

    int passages() {
        return passages;
    }

    /** How many living passages contain a term. */
    int documentFrequency(Term term) {
        var known = frequencies.get(term);
        if (known != null) {
            return known;
        }
        int counted = countDocuments(term);
        if (frequencies.size() < KEPT_FREQUENCIES) {
            frequencies.put(term, counted);
        }
        return counted;
    }

    /** The living passages that pass a filter. */
    PassageSet passages(Filter filter) throws IOException {
        synchronized (sets) {
            var known = sets.get(filter);
            if (known != null) {
                return known;
            }
        }
        var segments = new ArrayList<FixedBitSet>();
        for (var leaf : getIndexReader().leaves()) {
            segments.add(new FilterBits(this, leaf).passages(filter));
        }
        var found = new PassageSet(segments);
        synchronized (sets) {
            sets.put(filter, found);
        }
        return found;
    }

    private int countDocuments(Term term) {
        try {
            int count = 0;
            for (var leaf : getIndexReader().leaves()) {
                count += leaf.reader().hasDeletions()
                        ? countLive(leaf, term)
                        : leaf.reader().docFreq(term);
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int countLive(LeafReaderContext leaf, Term term) throws IOException {
        var postings = leaf.reader().postings(term, PostingsEnum.NONE);
        var live = leaf.reader().getLiveDocs();
        int count = 0;
        while (postings != null && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            if (live.get(postings.docID())) {
                count++;
            }
        }
        return count;
    }

    @Override
    public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) {
        // At least 1, as Lucene insists: a term of deleted passages alone scores nothing, whatever its frequency.
        int live = Math.max(1, documentFrequency(term));
        return new TermStatistics(term.bytes(), live, Math.max(live, totalTermFreq));
    }

    @Override
    public CollectionStatistics collectionStatistics(String field) throws IOException {
        if (!field.equals(PassageFields.TEXT) || passages == 0) {
            return super.collectionStatistics(field);
        }
        long atLeast = Math.max(passages, terms);
        return new CollectionStatistics(field, getIndexReader().maxDoc(), passages, atLeast, atLeast);
    }
}
