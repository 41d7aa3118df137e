package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageWords;
import dev.tandem.stores.postgres.WordWeights.Weighed;
import java.util.Arrays;

/**
 * BM25 as a part of one statement, to the same result as if every passage that holds a word were scored. The sums of
 * {@link WordWeights} tell which passages may be among the best, and only these are scored from the postings.
 */
final class WordSearch {
    /** What a posting adds to its passage's score. */
    private static final String SCORE = "w.weight * p.times / (p.times + (select norms from bm25)[p.length + 1])";

    /** Sums and scores are single floats: what differs by less is not below. */
    private static final double ROUNDING = 0.99999;

    /** So many passages' sums tell how high the best are, and so many of each block at least. */
    private static final int SAMPLE = 4096;

    private static final int SAMPLE_OF_BLOCK = 256;

    /** Standard deviations by which more are chosen than the sample asks for, so that hardly ever too few are. */
    private static final double CAUTION = 2.8;

    /** A word's weights are put right for a search where it has become rarer or commoner by this factor. */
    private static final double CLOSE = 1.02;

    /** Where a filter leaves less than this share of the passages, to look each up is faster than to choose. */
    static final double FEW = 0.04;

    /** So many times as many passages are chosen where the best may not be among those that were. */
    static final int MORE = 8;

    private final Tables tables;
    private final IndexState state;

    WordSearch(Tables tables, IndexState state) {
        this.tables = tables;
        this.state = state;
    }

    /** Whether it is worth it, and possible, to choose so many passages rather than to score all. */
    boolean canChoose(double chosen) {
        return !state.weighed().equals(Weighed.NEVER) && chosen * MORE < state.passages();
    }

    /**
     * The expressions {@code word_hits(id, document, ordinal, score)} and {@code unseen(score)} and what they need, to stand
     * after {@code with}: the best of about so many passages with the highest sums, and what the score of no other reaches.
     *
     * @param chosen how many passages to score, among them those that the filter then leaves out
     * @param allowed a condition on {@code p.document}
     */
    Sql ofChosen(String question, int count, double chosen, String allowed) {
        int blocks = (state.nextPassage() - 1) / WordWeights.BLOCK + 1;
        int sampled = Math.clamp(SAMPLE / blocks, SAMPLE_OF_BLOCK, SAMPLE);
        double alive = (double) state.passages() / state.weighed().passagesBefore(state.nextPassage());
        double inSample = chosen / alive * sampled / WordWeights.BLOCK;
        double drift = state.weighed().drift(state.averageLength());
        return words(question)
                .add(
                        """
                        ,
                        sums as materialized (
                          select k.first / %2$d as block,
                            sum(case when factor between 1 / %3$s and %3$s then k.weights::vector
                              else k.weights::vector * array_fill(factor::real, array[%2$d])::vector end) as scores,
                            max(greatest(factor, 1 / factor)) filter (where factor between 1 / %3$s and %3$s) as off_by
                          from words w join %1$s k on k.term = w.term, lateral (select w.weight / k.idf) as f(factor) group by 1),
                        error as materialized (select coalesce(max(off_by), 1) * ?::float8 as factor from sums),
                        threshold as materialized (
                          select coalesce((
                            select unnest(subvector(scores, 1, ?)::real[]) as score from sums order by 1 desc offset ? limit 1), 0)
                            * %4$s / (select factor * factor from error) as sum),
                        block as materialized (
                          select block, 0 as place,
                            binary_quantize(scores - (select array_fill(sum::real, array[%2$d])::vector from threshold)) as above
                          from sums),
                        """.formatted(tables.weight(), WordWeights.BLOCK, CLOSE, ROUNDING),
                        drift,
                        sampled,
                        Math.round(inSample + CAUTION * Math.sqrt(inSample) + 1))
                .add(parts("part", 64, "block", WordWeights.BLOCK))
                .add(parts("byte", 8, "part", 64))
                .add("""
                        chosen as materialized (
                          select block * %1$d + (place + i) * %2$d %% %1$d as passage from byte, generate_series(0, 7) i where get_bit(above, i) = 1),
                        unseen as (select sum * (select factor from error) as score from threshold),
                        """.formatted(WordWeights.BLOCK, WordWeights.GATHER))
                .add(hits("p.passage = any (array(select passage from chosen)) and " + allowed, count));
    }

    /** Bits in parts of so many, as far as any is set. */
    private static String parts(String part, int size, String whole, int wholeSize) {
        return """
                %1$s as materialized (
                  select * from (
                    select block, place + i * %2$d as place, substring(above from i * %2$d + 1 for %2$d) as above
                    from %3$s, generate_series(0, %4$d) i offset 0) each
                  where bit_count(above) > 0),
                """.formatted(part, size, whole, wholeSize / size - 1);
    }

    /**
     * The expression {@code word_hits} over all passages, each of which is scored.
     *
     * @param allowed a condition on {@code p.document}
     */
    Sql ofAll(String question, int count, String allowed) {
        return words(question).add(",\n" + hits(allowed, count));
    }

    /**
     * The same over so few passages that they are looked up.
     *
     * @param passages a condition on {@code p}, a passage
     */
    Sql ofFew(String question, int count, String passages) {
        return words(question)
                .add(",\nfew as materialized (select p.id from " + tables.passage() + " p where " + passages + "),\n")
                .add(hits("p.passage = any (array(select id from few))", count));
    }

    /** The question's words and their weights. */
    private Sql words(String question) {
        var words = PassageWords.ofQuestion(question);
        var norms = Arrays.stream(PassageWords.norms(state.averageLength())).boxed();
        return Sql.of(
                """
                bm25 as materialized (select ?::float8[] as norms, ?::float8 as passages),
                words as materialized (
                  select t.id as term, q.times * %s as weight
                  from unnest(?::text[], ?::float8[]) as q(stem, times) join %s t on t.stem = q.stem where t.passages > 0)""".formatted(WordWeights.idf("t.passages", "(select passages from bm25)"), tables.term()),
                norms.toArray(Double[]::new),
                (double) state.passages(),
                words.keySet().toArray(String[]::new),
                words.values().stream().map(Integer::doubleValue).toArray(Double[]::new));
    }

    /** Scores passages from the postings for which a condition on {@code p} holds. */
    private String hits(String condition, int count) {
        return """
                best as (
                  select p.passage, sum(%1$s)::real as score from words w join %2$s p on p.term = w.term and %3$s
                  group by p.passage order by score desc fetch first %4$d rows with ties),
                word_hits as (
                  select p.id, p.document, p.ordinal, b.score from best b join %5$s p on p.id = b.passage)""".formatted(SCORE, tables.posting(), condition, count, tables.passage());
    }
}
