package dev.tandem.knowledge.index;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;

/** One commit of a Lucene passage index. Safe for use by many threads. */
final class LuceneSnapshot implements PassageIndex.Snapshot {
    /** Hits beyond the count that is wanted, among which equal scores at the border are put in order. */
    private static final int SLACK = 32;

    private static final Sort BY_SCORE_THEN_PLACE = new Sort(
            SortField.FIELD_SCORE,
            new SortField(PassageFields.DOCUMENT, SortField.Type.STRING),
            new SortField(PassageFields.ORDINAL, SortField.Type.LONG));

    private final Path folder;
    private final IndexReader reader;
    private final LiveSearcher searcher;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A view that takes over one reference to the searcher's reader. */
    LuceneSnapshot(Path folder, LiveSearcher searcher) {
        this.folder = folder;
        this.searcher = searcher;
        this.reader = searcher.getIndexReader();
    }

    @Override
    public IndexDescription description() {
        return read(() -> {
            if (!(reader instanceof DirectoryReader committed)) {
                return IndexDescription.NEW;
            }
            var data = committed.getIndexCommit().getUserData();
            return new IndexDescription(
                    data.getOrDefault(LuceneWriting.ENCODER, ""),
                    Integer.parseInt(data.getOrDefault(LuceneWriting.DIMENSION, "0")),
                    data.getOrDefault(LuceneWriting.SPLITTING, ""));
        });
    }

    @Override
    public List<IndexedDocument> documents() {
        return read(() -> {
            var documents = new ArrayList<IndexedDocument>();
            for (var leaf : reader.leaves()) {
                var records = leaf.reader().getBinaryDocValues(PassageFields.RECORD);
                for (int record : living(leaf, new Term(PassageFields.RECORD, PassageFields.YES))) {
                    if (records != null && records.advanceExact(record)) {
                        documents.add(PassageFields.record(records.binaryValue()));
                    }
                }
            }
            documents.sort(Comparator.comparing(IndexedDocument::path));
            return List.copyOf(documents);
        });
    }

    /** The living Lucene documents of a segment that hold a term, by their numbers in it. */
    private static List<Integer> living(LeafReaderContext leaf, Term term) throws IOException {
        var found = new ArrayList<Integer>();
        var live = leaf.reader().getLiveDocs();
        var postings = leaf.reader().postings(term, PostingsEnum.NONE);
        while (postings != null && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            if (live == null || live.get(postings.docID())) {
                found.add(postings.docID());
            }
        }
        return found;
    }

    @Override
    public int passageCount() {
        return searcher.passages();
    }

    @Override
    public List<ScoredPassage> searchWords(String question, int count, Filter filter) {
        return read(() -> {
            var query = filtered(words(question), filter);
            var hits = searcher.search(query, count + SLACK).scoreDocs;
            boolean tieGoesOn = hits.length == count + SLACK && hits[count - 1].score == hits[hits.length - 1].score;
            if (tieGoesOn) {
                hits = searcher.search(query, count, BY_SCORE_THEN_PLACE, true).scoreDocs;
            }
            var found = new ArrayList<ScoredPassage>(hits.length);
            for (var hit : hits) {
                found.add(scored(hit.doc, score(hit)));
            }
            found.sort(ScoredPassage.BEST_FIRST);
            return List.copyOf(found.subList(0, Math.min(count, found.size())));
        });
    }

    private static double score(ScoreDoc hit) {
        return hit instanceof org.apache.lucene.search.FieldDoc sorted ? (float) sorted.fields[0] : hit.score;
    }

    private static Query words(String question) {
        var counts = PassageWords.ofQuestion(question);
        var any = new BooleanQuery.Builder();
        counts.forEach((word, times) -> {
            var query = new TermQuery(new Term(PassageFields.TEXT, word));
            any.add(times == 1 ? query : new BoostQuery(query, times), Occur.SHOULD);
        });
        return counts.isEmpty() ? MatchNoDocsQuery.INSTANCE : any.build();
    }

    private Query filtered(Query query, Filter filter) throws IOException {
        var allowed = allowed(filter);
        return allowed.isEmpty()
                ? query
                : new BooleanQuery.Builder()
                        .add(query, Occur.MUST)
                        .add(allowed.get(), Occur.FILTER)
                        .build();
    }

    private Optional<PassageSet> allowed(Filter filter) throws IOException {
        return filter instanceof Filter.All ? Optional.empty() : Optional.of(searcher.passages(filter));
    }

    @Override
    public List<ScoredPassage> searchVector(float[] vector, int count, Filter filter) {
        return read(() -> {
            int dimension = description().dimension();
            if (searcher.passages() > 0 && dimension != vector.length) {
                throw IndexDescription.otherDimension(folder.toString(), dimension, vector.length);
            }
            var found = new ArrayList<ScoredPassage>();
            for (var hit : new VectorScan(searcher, vector, allowed(filter)).best(count)) {
                found.add(scored(hit.doc(), hit.cosine()));
            }
            found.sort(ScoredPassage.BEST_FIRST);
            return List.copyOf(found.subList(0, Math.min(count, found.size())));
        });
    }

    private ScoredPassage scored(int key, double score) throws IOException {
        var leaf = reader.leaves().get(ReaderUtil.subIndex(key, reader.leaves()));
        int inLeaf = key - leaf.docBase;
        var documents = leaf.reader().getSortedDocValues(PassageFields.DOCUMENT);
        var ordinals = leaf.reader().getNumericDocValues(PassageFields.ORDINAL);
        if (!documents.advanceExact(inLeaf) || !ordinals.advanceExact(inLeaf)) {
            throw new IllegalStateException("Passage " + key + " has no place in a document");
        }
        return new ScoredPassage(
                documents.lookupOrd(documents.ordValue()).utf8ToString(), (int) ordinals.longValue(), key, score);
    }

    @Override
    public int passagesContaining(String stem) {
        return searcher.documentFrequency(new Term(PassageFields.TEXT, stem));
    }

    @Override
    public Optional<StoredPassage> findByContent(String contentHash) {
        return read(() -> {
            for (var leaf : reader.leaves()) {
                var found = living(leaf, new Term(PassageFields.CONTENT, contentHash));
                if (!found.isEmpty()) {
                    return Optional.of(load(leaf.docBase + found.getFirst()));
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public SortedSet<String> fields() {
        return read(() -> {
            var names = new TreeSet<String>();
            for (var leaf : reader.leaves()) {
                var terms = leaf.reader().terms(PassageFields.HAS);
                var each = terms == null ? null : terms.iterator();
                while (each != null && each.next() != null) {
                    names.add(each.term().utf8ToString());
                }
            }
            return names;
        });
    }

    @Override
    public OptionalLong version() {
        return OptionalLong.of(reader instanceof DirectoryReader committed ? committed.getVersion() : 0);
    }

    @Override
    public List<StoredPassage> passages(String document) {
        return passages(document, 0, Integer.MAX_VALUE);
    }

    @Override
    public List<StoredPassage> passages(String document, int from, int to) {
        return read(() -> {
            var passages = new ArrayList<StoredPassage>();
            for (var leaf : reader.leaves()) {
                for (int inLeaf : living(leaf, new Term(PassageFields.DOCUMENT, document))) {
                    var ordinals = leaf.reader().getNumericDocValues(PassageFields.ORDINAL);
                    // The document's own record has no place among its passages.
                    if (ordinals != null
                            && ordinals.advanceExact(inLeaf)
                            && ordinals.longValue() >= from
                            && ordinals.longValue() <= to) {
                        passages.add(load(leaf.docBase + inLeaf));
                    }
                }
            }
            passages.sort(Comparator.comparingInt(stored -> stored.passage().ordinal()));
            return List.copyOf(passages);
        });
    }

    @Override
    public List<StoredPassage> load(List<ScoredPassage> found) {
        return read(() -> {
            var loaded = new ArrayList<StoredPassage>(found.size());
            for (var passage : found) {
                loaded.add(load(passage.key()));
            }
            return List.copyOf(loaded);
        });
    }

    private StoredPassage load(int key) throws IOException {
        var leaf = reader.leaves().get(ReaderUtil.subIndex(key, reader.leaves()));
        int inLeaf = key - leaf.docBase;
        var stored = leaf.reader().storedFields().document(inLeaf, Set.of(PassageFields.STORED));
        var text = PassageFields.passage(stored.getBinaryValue(PassageFields.STORED).bytes);
        var vectors = leaf.reader().getFloatVectorValues(PassageFields.VECTOR);
        var place = vectors.iterator();
        place.advance(inLeaf);
        var tokens = leaf.reader().getBinaryDocValues(PassageFields.TOKENS);
        tokens.advanceExact(inLeaf);
        var bytes = tokens.binaryValue();
        var tokenVectors = new byte[bytes.length];
        System.arraycopy(bytes.bytes, bytes.offset, tokenVectors, 0, bytes.length);
        Passage passage = text.passage();
        return new StoredPassage(
                passage,
                WrittenMetadata.read(text.metadata()),
                text.contentHash(),
                vectors.vectorValue(place.index()).clone(),
                tokenVectors);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            read(() -> {
                reader.decRef();
                return true;
            });
        }
    }

    private <T> T read(Reading<T> reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw LucenePassageIndex.failure(folder, e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T get() throws IOException;
    }
}
