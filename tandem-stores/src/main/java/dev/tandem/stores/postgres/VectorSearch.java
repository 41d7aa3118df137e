package dev.tandem.stores.postgres;

import dev.tandem.knowledge.filter.Filter;

/** The nearest vectors as a part of one statement, by pgvector's graph or by comparing all that the filter leaves. */
final class VectorSearch {
    /** So many vectors are all compared: a few milliseconds, and no recall is lost. */
    static final int EXACT = 5_000;

    /** Hits beyond the count that is wanted, among which equal scores at the border are put in order. */
    private static final int SLACK = 32;

    private final Tables tables;
    private final IndexState state;

    VectorSearch(Tables tables, IndexState state) {
        this.tables = tables;
        this.state = state;
    }

    /**
     * The expression {@code vector_hits(id, document, ordinal, score)}, to stand after {@code with}.
     *
     * @param exact whether all are compared
     */
    Sql expression(float[] vector, int count, Filter filter, boolean exact) {
        var written = written(vector);
        int dimension = state.description().dimension();
        // Full precision again, for a graph of half precision finds by that.
        var score = Sql.of("(-(p.vector <#> ?::vector))::real as score", written);
        var sql = Sql.of("vector_hits as materialized (select p.id, p.document, p.ordinal, ")
                .add(score)
                .add(" from " + tables.passage() + " p where ")
                .add(FilterSql.condition(tables, "p.document", filter));
        if (exact) {
            // A sum is no expression of the graph's, which is left alone.
            return sql.add(
                    " order by (p.vector <#> ?::vector)::real + 0 fetch first ? rows with ties)", written, count);
        }
        return sql.add(" order by " + Tables.distance(dimension) + " limit ?)", written, count + SLACK);
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
