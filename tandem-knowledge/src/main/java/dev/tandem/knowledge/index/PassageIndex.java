package dev.tandem.knowledge.index;

import dev.tandem.knowledge.filter.Filter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Passages with their vectors, words and metadata, kept by document. One process writes at a time; any number read.
 * Implementations are safe for use by many threads. Every implementation passes the same conformance tests.
 */
public interface PassageIndex extends AutoCloseable {
    /** An unchanging view of the last commit (near-real-time: opening one is cheap). Close it after use. */
    Snapshot snapshot();

    /** Begins the one write there may be at a time; fails with a mendable error if another process is writing. */
    Writing write();

    /**
     * Begins a write that replaces whatever is there, as an index for another embedding model does; the only write that a
     * damaged index allows. Until it is committed the old index stays, unless it is damaged.
     */
    Writing writeAnew();

    @Override
    void close();

    /**
     * What two searches found.
     *
     * @param words by BM25
     * @param vectors by cosine similarity
     */
    record Found(List<ScoredPassage> words, List<ScoredPassage> vectors) {}

    /** What is in the index at one commit. */
    interface Snapshot extends AutoCloseable {
        /** How the index was made (embedding model, dimension, splitting); empty for a new index. */
        IndexDescription description();

        /** Every indexed document, ordered by path. */
        List<IndexedDocument> documents();

        /** Number of passages. */
        int passageCount();

        /** A number that changes with every commit, so that what was made of one can be kept until the next; empty if unknown. */
        default OptionalLong version() {
            return OptionalLong.empty();
        }

        /** The best passages by BM25 over title, headings and text; best first, ties by document then ordinal. */
        List<ScoredPassage> searchWords(String question, int count, Filter filter);

        /** The best passages by cosine similarity; best first, ties by document then ordinal. */
        List<ScoredPassage> searchVector(float[] vector, int count, Filter filter);

        /**
         * Both searches at once, each as by itself; an index kept by a server answers them in one go.
         *
         * @param count how many passages each list may have
         */
        default Found searchBoth(String question, float[] vector, int count, Filter filter) {
            return new Found(searchWords(question, count, filter), searchVector(vector, count, filter));
        }

        /** How many passages contain a word, given as its stem. */
        int passagesContaining(String stem);

        /** The same of several words; an index kept by a server answers them in one go. Words that no passage contains may be left out. */
        default Map<String, Integer> passagesContaining(Collection<String> stems) {
            return stems.stream().distinct().collect(Collectors.toMap(stem -> stem, this::passagesContaining));
        }

        /** A passage made from exactly this content, if there is one. */
        Optional<StoredPassage> findByContent(String contentHash);

        /** The names of all metadata fields, ordered. */
        SortedSet<String> fields();

        /** All passages of a document in order, with what was stored for them. */
        List<StoredPassage> passages(String document);

        /**
         * Some passages of a document in order, with what was stored for them.
         *
         * @param from the first one's ordinal; may be negative
         * @param to the last one's ordinal, itself included; may be beyond the last
         */
        default List<StoredPassage> passages(String document, int from, int to) {
            return passages(document).stream()
                    .filter(stored -> stored.passage().ordinal() >= from
                            && stored.passage().ordinal() <= to)
                    .toList();
        }

        /** What is stored for passages found, in the order given. */
        List<StoredPassage> load(List<ScoredPassage> found);

        @Override
        void close();
    }

    /** Changes that become visible together when committed, or not at all. */
    interface Writing extends AutoCloseable {
        /**
         * Puts a document in the place of what was there under its path.
         *
         * @throws dev.tandem.foundation.MendableException if the vectors are not as long as those in the index
         */
        void replace(IndexedDocument document, List<StoredPassage> passages);

        void delete(String path);

        /** Removes everything, as for an index made anew with another embedding model. */
        void deleteAll();

        /** Makes all changes durable and visible, and records how they were made. */
        void commit(IndexDescription description);

        /** Gives up what was not committed; may take a while to tidy up what was. */
        @Override
        void close();
    }
}
