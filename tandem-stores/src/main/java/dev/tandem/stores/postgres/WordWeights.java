package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * What each word is worth in each passage by BM25, as sparse vectors over blocks of passages, which pgvector adds up: a score
 * for every passage, without a row for each. They choose the passages that are then scored from the postings, so they need not
 * be exact, only close: words are weighed anew once that pays, and in between a search allows for what has changed.
 *
 * <p>A row is a word in the passages from {@code first} on, within one block. A commit adds rows of its new passages, and gathers rows
 * of small commits into larger ones, as a log-structured merge tree does (O'Neil et al. 1996), so that a block has few a word. Removed
 * passages stay until all words are weighed anew: they have no postings, so they are never found.
 */
final class WordWeights {
    /** Passages whose scores are one vector; pgvector's have at most 16,000 numbers. */
    static final int BLOCK = 8192;

    /** Passages that follow one another lie far apart in the vector, so that any part of it is a fair sample; odd, so that none meet. */
    private static final int SPREAD = 5063;

    /** Takes a place in the vector back to the passage: the inverse of {@link #SPREAD} modulo {@link #BLOCK}. */
    static final int GATHER = 7671;

    /** Rows are gathered whenever passages reach a multiple of these powers of two. */
    private static final int[] LEVELS = {13, 10, 7, 4, 1};

    /** Words are weighed anew once passages are on average longer or shorter by this factor. */
    private static final double DRIFT = 1.03;

    private final Tables tables;

    /**
     * When all words were weighed last.
     *
     * @param average the passages' mean number of words that weights of now are reckoned with; 0 if there are none
     * @param passages how many there were
     * @param next the next passage's number
     */
    record Weighed(double average, int passages, int next) {
        static final Weighed NEVER = new Weighed(0, 0, 0);

        /** How many passages below a number have weights, among them such as are gone. */
        int passagesBefore(int number) {
            return passages + number - next;
        }

        /** What a score differs at most from one with the average of now, as a factor of at least 1. */
        double drift(double averageNow) {
            return Math.max(average / averageNow, averageNow / average);
        }
    }

    WordWeights(Tables tables) {
        this.tables = tables;
    }

    /**
     * Weighs the words of new passages, or of all, within the writer's transaction.
     *
     * @param passages how many there are now
     * @param average their mean number of words
     * @param from the first new passage's number
     * @param next the next passage's number
     */
    Weighed write(Weighed before, int passages, double average, int from, int next, Connection connection)
            throws SQLException {
        if (before.equals(Weighed.NEVER) ? passages > VectorSearch.EXACT : isDue(before, passages, average, next)) {
            Sql.of("delete from " + tables.weight()).run(connection);
            weigh(passages, average, 1, tables.posting() + " p", connection);
            for (var statement : tables.weightKeyStatements()) {
                Sql.of(statement).run(connection);
            }
            return new Weighed(average, passages, next);
        }
        if (!before.equals(Weighed.NEVER) && next > from) {
            int first = gathered(from, next, connection);
            var postings =
                    "(select id, unnest(terms) as term from %s where id >= %d) n join %s p on p.term = n.term and p.passage = n.id"
                            .formatted(tables.passage(), first, tables.posting());
            weigh(passages, before.average(), first, postings, connection);
        }
        return before;
    }

    private static boolean isDue(Weighed before, int passages, double average, int next) {
        int gone = before.passagesBefore(next) - passages;
        return passages > 2 * before.passages() || gone > passages / 2 || before.drift(average) > DRIFT;
    }

    /** Takes out the rows that are gathered with those of new passages; the first passage that has no row then. */
    private int gathered(int from, int next, Connection connection) throws SQLException {
        int start = Arrays.stream(LEVELS)
                .filter(level -> from >> level != next >> level)
                .map(level -> from >> level << level)
                .findFirst()
                .orElse(from);
        return Sql.of(
                        "with gone as (delete from " + tables.weight()
                                + " where first >= ? returning first) select coalesce(min(first), ?) from gone",
                        start,
                        from)
                .first(connection, row -> row.getInt(1))
                .orElse(from);
    }

    private void weigh(int passages, double average, int first, String postings, Connection connection)
            throws SQLException {
        var norms = Arrays.stream(PassageWords.norms(average)).boxed().toArray(Double[]::new);
        Sql.of(
                        """
                        with bm25 as materialized (select ?::float8[] as norms),
                        words as (select id, passages, %1$s as idf from %2$s)
                        insert into %3$s (term, first, idf, weights)
                        select p.term, greatest(p.passage / %4$d * %4$d, %5$d), w.idf, ('{' || string_agg(p.passage::bigint * %6$d %% %4$d + 1 || ':'
                            || (w.idf * p.times / (p.times + (select norms from bm25)[p.length + 1]))::real, ',') || '}/%4$d')::sparsevec
                        from %7$s join words w on w.id = p.term group by 1, 2, 3""".formatted(
                                        idf("passages", String.valueOf(passages)),
                                        tables.term(),
                                        tables.weight(),
                                        BLOCK,
                                        first,
                                        SPREAD,
                                        postings),
                        (Object) norms)
                .run(connection);
    }

    /** A word's inverse document frequency, from expressions of the passages that hold it and of all. */
    static String idf(String holding, String all) {
        return "ln(1 + (%2$s - %1$s + 0.5::float8) / (%1$s + 0.5::float8))".formatted(holding, all);
    }
}
