package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageWords;
import java.util.Arrays;

/**
 * BM25 as a part of one statement, to the same result as if every passage that holds a word were scored (MaxScore: Turtle and Flood
 * 1995). What the best of those with the rarest words score is a floor for the last of the best. Common words that cannot reach it
 * together choose no passages: they are added to those that the others chose, the weightiest first, and each time the floor rises and
 * passages that cannot reach it any more drop out.
 */
final class WordSearch {
    /** The first floor comes from words that together are in at least so many times the passages that are wanted. */
    private static final int SEEDS = 3;

    /** Of those, so many times the passages that are wanted are scored by all words. */
    private static final int COMPLETED = 2;

    /** Scores are compared as single floats in the end: what differs from a floor by less is not below it. */
    private static final double ROUNDING = 0.99999;

    /** So many ways to tell common words from those that choose are weighed up. */
    private static final int SPLITS = 32;

    /** What a word counts of its weight where it stands once in a passage of average length. */
    private static final double SHARE_OF_ONE = 1 / (1 + PassageWords.K1);

    /** To look a passage up in a word's postings, and to read the next posting, is so many times the work of only the latter. */
    private static final int LOOK_UP = 3;

    /** Where a filter leaves less than this share, to score each passage left is faster than to leave out what cannot be among the best. */
    static final double FEW = 0.04;

    /** What a posting adds to its passage's score. */
    private static final String SCORE = "w.weight * p.times / (p.times + (select norms from bm25)[p.length + 1])";

    private final Tables tables;
    private final IndexState state;

    WordSearch(Tables tables, IndexState state) {
        this.tables = tables;
        this.state = state;
    }

    /**
     * The expression {@code word_hits(id, document, ordinal, score)} and what it needs, to stand after {@code with}.
     *
     * @param share what part of the passages the filter leaves, in (0, 1]
     * @param allowed a condition on {@code p.document}
     */
    Sql expressions(String question, int count, double share, String allowed) {
        var words = PassageWords.ofQuestion(question);
        var terms = tables.term();
        var postings = tables.posting();
        return Sql.of(
                """
                bm25 as materialized (select ?::float8[] as norms, ?::float8 as seeds),
                weighed as (
                  select t.id as term, t.passages, t.most, t.shortest,
                    q.times * ln(1 + (?::float8 - t.passages + 0.5) / (t.passages + 0.5)) as weight
                  from unnest(?::text[], ?::float8[]) as q(stem, times) join %1$s t on t.stem = q.stem where t.passages > 0),
                bounded as (
                  select term, passages, weight,
                    weight * most / (most + (select norms from bm25)[shortest + 1]) as bound from weighed),
                words as materialized (
                  select term, passages, weight, bound, sum(bound) over (order by bound, term) as upto,
                    coalesce(sum(passages) over (order by bound desc, term desc
                      rows between unbounded preceding and 1 preceding), 0) < (select seeds from bm25) as seeds
                  from bounded),
                seeds as materialized (
                  select p.passage, sum(%3$s) as score from words w join %2$s p on p.term = w.term
                  where w.seeds and %4$s group by p.passage order by score desc limit %11$d),
                first_floor as materialized (
                  select coalesce((
                    select sum(score) * %5$s as score from (
                      select passage, score from seeds
                      union all
                      select p.passage, %3$s from words w join %2$s p on p.term = w.term and p.passage = any (array(select passage from seeds))
                      where not w.seeds) each
                    group by passage order by 1 desc offset %10$d - 1 limit 1), 0) as score),
                splits as (
                  select 0::float8 as upto
                  union all (select upto from words where upto < (select score from first_floor) order by upto desc limit %7$d)),
                split as materialized (
                  select s.upto from splits s join words w on w.upto > s.upto group by s.upto
                  order by sum(w.passages * case when w.weight * %8$s + s.upto < (select score from first_floor) then 1 else %9$d end)
                  limit 1),
                common as materialized (
                  select term, weight, upto, bound from words where upto <= (select upto from split)),
                weightiest as materialized (select term, weight, upto, upto - bound as others from common order by upto desc limit 1),
                candidates as materialized (
                  select p.passage, sum(%3$s) as score from words w join %2$s p on p.term = w.term
                  where w.upto > coalesce((select upto from weightiest), 0) and %4$s
                  group by p.passage
                  having sum(%3$s) >= (select score from first_floor) - coalesce((select upto from weightiest), 0)),
                second_floor as materialized (
                  select greatest((select score from first_floor), (
                    select score * %5$s from candidates order by score desc
                    offset %10$d - 1 limit 1)) as score),
                chosen as materialized (
                  select passage, score from candidates
                  where score >= (select score from second_floor) - coalesce((select upto from weightiest), 0)),
                promising as materialized (
                  select passage, sum(score) as score from (
                    select passage, score from chosen
                    union all
                    select p.passage, %3$s from weightiest w join %2$s p on p.term = w.term and p.passage = any (array(select passage from chosen))) each
                  group by passage),
                last_floor as materialized (
                  select greatest((select score from second_floor), (
                    select score * %5$s from promising order by score desc
                    offset %10$d - 1 limit 1)) as score),
                last as materialized (
                  select passage, score from promising
                  where score >= (select score from last_floor) - coalesce((select others from weightiest), 0)),
                scored as (
                  select passage, sum(score)::real as score from (
                    select passage, score from last
                    union all
                    select p.passage, %3$s from common w join %2$s p on p.term = w.term and p.passage = any (array(select passage from last))
                    where w.upto < (select upto from weightiest)) each
                  group by passage),
                best as (
                  select passage, score from scored order by score desc
                  fetch first %10$d rows with ties),
                word_hits as (
                  select p.id, p.document, p.ordinal, b.score from best b join %6$s p on p.id = b.passage)""".formatted(
                                terms,
                                postings,
                                SCORE,
                                allowed,
                                ROUNDING,
                                tables.passage(),
                                SPLITS,
                                SHARE_OF_ONE,
                                LOOK_UP,
                                count,
                                COMPLETED * count),
                norms(),
                SEEDS * count / share,
                (double) state.passages(),
                words.keySet().toArray(String[]::new),
                words.values().stream().map(Integer::doubleValue).toArray(Double[]::new));
    }

    /**
     * The same over so few passages that each is scored.
     *
     * @param passages a condition on {@code p}, a passage
     */
    Sql expressionsOfFew(String question, int count, String passages) {
        var words = PassageWords.ofQuestion(question);
        return Sql.of(
                """
                bm25 as materialized (select ?::float8[] as norms),
                words as materialized (
                  select t.id as term, q.times * ln(1 + (?::float8 - t.passages + 0.5) / (t.passages + 0.5)) as weight
                  from unnest(?::text[], ?::float8[]) as q(stem, times) join %1$s t on t.stem = q.stem where t.passages > 0),
                few as materialized (select p.id from %2$s p where %3$s),
                best as (
                  select p.passage, sum(%4$s)::real as score
                  from words w join %5$s p on p.term = w.term and p.passage = any (array(select id from few))
                  group by p.passage order by score desc
                  fetch first %6$d rows with ties),
                word_hits as (
                  select p.id, p.document, p.ordinal, b.score from best b join %2$s p on p.id = b.passage)""".formatted(tables.term(), tables.passage(), passages, SCORE, tables.posting(), count),
                norms(),
                (double) state.passages(),
                words.keySet().toArray(String[]::new),
                words.values().stream().map(Integer::doubleValue).toArray(Double[]::new));
    }

    private Double[] norms() {
        double average = Math.max(1, (double) state.words() / Math.max(1, state.passages()));
        return Arrays.stream(PassageWords.norms(average)).boxed().toArray(Double[]::new);
    }
}
