package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.IndexDescription;

/**
 * The one row that says what a schema holds at a commit.
 *
 * @param generation which tables are read; 0 where nothing was ever committed
 * @param version one more with each commit
 * @param description how the index was made
 * @param passages how many there are
 * @param words how many words they have together, for their average length
 * @param nextDocument the next document's number
 * @param nextPassage the next passage's number
 * @param nextTerm the next term's number
 * @param weighed when words were weighed
 */
record IndexState(
        int generation,
        long version,
        IndexDescription description,
        int passages,
        long words,
        int nextDocument,
        int nextPassage,
        int nextTerm,
        WordWeights.Weighed weighed) {
    static final IndexState NEW = new IndexState(0, 0, IndexDescription.NEW, 0, 0, 1, 1, 1, WordWeights.Weighed.NEVER);

    /** Nothing committed into the tables of a generation. */
    static IndexState empty(int generation, long version) {
        return new IndexState(generation, version, IndexDescription.NEW, 0, 0, 1, 1, 1, WordWeights.Weighed.NEVER);
    }

    /** The passages' mean number of words, at least 1. */
    double averageLength() {
        return averageLength(words, passages);
    }

    static double averageLength(long words, int passages) {
        return Math.max(1, (double) words / Math.max(1, passages));
    }

    boolean isNew() {
        return generation == 0;
    }
}
