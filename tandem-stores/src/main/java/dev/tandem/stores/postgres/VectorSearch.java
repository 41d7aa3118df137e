package dev.tandem.stores.postgres;

/** The nearest vectors as a part of one statement, by pgvector's graph or by comparing all that the filter leaves. */
final class VectorSearch {
    /** So many vectors are all compared: a few milliseconds, and no recall is lost. */
    static final int EXACT = 5_000;

    /** Hits beyond the count that is wanted, among which equal scores at the border are put in order. */
    private static final int SLACK = 32;

    /** Read from text once, not for each passage. */
    private static final String ASKED = "(select vector from asked)";

    private final Tables tables;
    private final IndexState state;

    VectorSearch(Tables tables, IndexState state) {
        this.tables = tables;
        this.state = state;
    }

    /**
     * The expression {@code vector_hits(id, document, ordinal, score)}, to stand after {@code with}.
     *
     * @param allowed a condition on {@code p.document}
     */
    Sql byGraph(float[] vector, int count, String allowed) {
        return Sql.of(
                hits(allowed) + " order by "
                        + Tables.distance(state.description().dimension(), ASKED) + " limit " + (count + SLACK) + ")",
                written(vector));
    }

    /** The same by comparing all passages for which the condition holds. */
    Sql byComparingAll(float[] vector, int count, String allowed) {
        // A sum is no expression of the graph's, which is left alone.
        return Sql.of(
                hits(allowed) + " order by (p.vector <#> " + ASKED + ")::real + 0 fetch first " + count
                        + " rows with ties)",
                written(vector));
    }

    /** Scores in full precision, for a graph of half precision finds by that. */
    private String hits(String allowed) {
        return "asked as materialized (select ?::vector as vector),\nvector_hits as materialized ("
                + "select p.id, p.document, p.ordinal, (-(p.vector <#> " + ASKED + "))::real as score from "
                + tables.passage() + " p where " + allowed;
    }

    /** Whether equal scores may go on beyond what was fetched, so that only comparing all tells which come first. */
    static boolean tieGoesOn(int count, int found, double atCount, double last) {
        return found == count + SLACK && atCount == last;
    }

    private static String written(float[] vector) {
        var text = new StringBuilder(vector.length * 12).append('[');
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']').toString();
    }
}
