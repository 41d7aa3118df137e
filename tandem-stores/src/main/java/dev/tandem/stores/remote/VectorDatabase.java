package dev.tandem.stores.remote;

import java.util.List;
import java.util.Map;

/**
 * What Tandem needs of a vector database, each by its own protocol: points written, marked and deleted by condition, looked up
 * by id, by condition, by vector and by words, and counted. What a call wrote, later calls see, at the latest after {@link #settle}.
 * Batches are kept within the server's limits. Safe for use by many threads.
 *
 * <p>All calls fail with a {@link dev.tandem.foundation.MendableException} that says what to do if the server does not answer,
 * refuses the key, or keeps something else under the name.
 */
interface VectorDatabase extends AutoCloseable {
    /** What a point carries that is found. */
    enum Wanted {
        /** Its place: document and ordinal. */
        PLACE,
        /** Its place and its words. */
        WORDS,
        /** All but the vector. */
        FIELDS,
        /** All. */
        EVERYTHING
    }

    /**
     * A point found.
     *
     * @param score by which it was found; between vectors the cosine
     */
    record Hit(Point point, double score) {}

    /** Where it is, for people: {@code the Qdrant server at http://localhost:6333}. */
    String describe();

    /** Makes a collection if it is not there. */
    void create(PointCollection collection);

    /** Removes a collection with all in it, if it is there. */
    void drop(PointCollection collection);

    /** Writes points in the place of those with the same ids. */
    void put(PointCollection collection, List<Point> points);

    /** Sets {@link Point#until} of all points that pass. */
    void mark(PointCollection collection, Condition condition, long until);

    /** Deletes all points that pass. */
    void delete(PointCollection collection, Condition condition);

    /** Waits until searches see what was written. */
    void settle(PointCollection collection);

    /** The points with these ids, in any order; those that are not there are left out, as all are where there is no collection. */
    List<Point> fetch(PointCollection collection, List<String> ids, Wanted wanted);

    /** Some points that pass, in any order. */
    List<Point> find(PointCollection collection, Condition condition, int count, Wanted wanted);

    /** All points that pass, in any order, without their vectors. */
    List<Point> all(PointCollection collection, Condition condition);

    /** How many of the points that pass hold each of these words; 0 is left out. */
    Map<String, Integer> frequencies(PointCollection collection, List<String> stems, Condition condition);

    /**
     * The points nearest to a vector, best first.
     *
     * @param inFull whether to compare all vectors instead of trusting a graph, where the server leaves the choice
     */
    List<Hit> nearest(PointCollection collection, float[] vector, int count, Condition condition, boolean inFull);

    /**
     * Points that hold some of these words, about the best by BM25 first, with their words.
     *
     * @param weights how much each word counts
     */
    List<Hit> matching(PointCollection collection, Map<String, Double> weights, int count, Condition condition);

    /** The most points that one search can give. */
    int mostFound();

    @Override
    default void close() {}
}
