package dev.tandem.stores.remote;

import java.util.List;

/**
 * What a server keeps as one record: a passage, a document's record or a commit.
 *
 * @param id a UUID
 * @param document the document's path
 * @param ordinal a passage's place in the document
 * @param from the commit that it is part of first
 * @param until the first commit that it is no part of any more, {@link #LIVING} while there is none
 * @param tags what filters ask for, see {@link Tags}
 * @param stems a passage's words, each as often as it stands there
 * @param content hash of what was embedded
 * @param stored everything else as JSON
 * @param tokens token vectors in Base64
 * @param vector the vector; empty where there is none or it was not asked for
 */
record Point(
        String id,
        String document,
        int ordinal,
        long from,
        long until,
        List<String> tags,
        List<String> stems,
        String content,
        String stored,
        String tokens,
        float[] vector) {
    static final String DOCUMENT = "document";
    static final String ORDINAL = "ordinal";
    static final String FROM = "from";
    static final String UNTIL = "until";
    static final String TAGS = "tags";
    static final String STEMS = "stems";
    static final String CONTENT = "content";
    static final String STORED = "stored";
    static final String TOKENS = "tokens";

    /** More commits than any index sees, and exact in every server's numbers. */
    static final long LIVING = 1_000_000_000;

    Point {
        tags = List.copyOf(tags);
        stems = List.copyOf(stems);
    }

    /** A record without vector, words and tags. */
    static Point record(String id, String document, long from, String stored) {
        return new Point(id, document, 0, from, LIVING, List.of(), List.of(), "", stored, "", new float[0]);
    }

    /** The same until another commit. */
    Point until(long commit) {
        return new Point(id, document, ordinal, from, commit, tags, stems, content, stored, tokens, vector);
    }

    /** What is visible at a commit. */
    static Condition visibleAt(long commit) {
        return new Condition.AtMost(FROM, commit).and(new Condition.Above(UNTIL, commit));
    }
}
