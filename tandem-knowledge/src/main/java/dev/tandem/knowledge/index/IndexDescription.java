package dev.tandem.knowledge.index;

import dev.tandem.foundation.MendableException;

/**
 * How an index was made; checked before it is used, so that another model or splitting is never mixed in unnoticed.
 *
 * @param encoder the embedding model's id, empty for a new index
 * @param dimension the vectors' length
 * @param splitting the splitter's settings in one line
 */
public record IndexDescription(String encoder, int dimension, String splitting) {
    /** Of an index with nothing in it. */
    public static final IndexDescription NEW = new IndexDescription("", 0, "");

    public boolean isNew() {
        return encoder.isEmpty();
    }

    /**
     * What every index says to vectors of another length than its own.
     *
     * @param index where it is, for people
     */
    public static MendableException otherDimension(String index, int expected, int found) {
        return new MendableException("The index " + index + " holds vectors of " + expected
                + " numbers, but the embedding model gives " + found
                + ": set embedding back, or run `tandem ingest --rebuild`.");
    }
}
