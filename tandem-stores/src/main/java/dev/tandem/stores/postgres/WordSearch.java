package dev.tandem.stores.postgres;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageWords;

/**
 * BM25 as a part of one statement. The rarest words of a question choose the candidates; common words, which cannot lift a passage
 * without them into the best, are added to the candidates alone (MaxScore: Turtle and Flood 1995), but only to those that can still be among the best. Whether they could is seen from the
 * result: {@link #isProven}; then it is asked again with every word choosing.
 */
final class WordSearch {
    /** A word counts at most its weight, and about this share of it where it stands once in a passage of average length. */
    private static final double SHARE_OF_ONE = 0.3;

    private final Tables tables;
    private final IndexState state;

    WordSearch(Tables tables, IndexState state) {
        this.tables = tables;
        this.state = state;
    }

    /**
     * The expressions {@code word_hits(id, document, ordinal, score)} and {@code rest(bound)}, to stand after {@code with}.
     *
     * @param share what part of the passages the filter leaves, in (0, 1]
     * @param everyWord whether every word chooses candidates
     */
    Sql expressions(String question, int count, Filter filter, double share, boolean everyWord) {
        var words = PassageWords.ofQuestion(question);
        double average = Math.max(1, (double) state.words() / Math.max(1, state.passages()));
        double base = PassageWords.K1 * (1 - PassageWords.B);
        double slope = PassageWords.K1 * PassageWords.B / average;
        var sql = Sql.of(
                """
                words as materialized (
                  select t.id as term, w.times * ln(1 + (?::float8 - t.passages + 0.5) / (t.passages + 0.5)) as weight, t.passages
                  from unnest(?::text[], ?::float8[]) as w(stem, times) join %s t on t.stem = w.stem where t.passages > 0),
                ordered as (
                  select term, weight, sum(weight) over (order by weight, term) as upto,
                    sum(passages) over (order by weight desc, term desc) as held from words),
                level as (select coalesce(max(weight) filter (where held >= ?::float8), 0) * ?::float8 as rest_limit from ordered),
                chosen as materialized (
                  select term, weight, upto > rest_limit as chooses from ordered, level),
                rest as (select coalesce(sum(weight) filter (where not chooses), 0) as bound from chosen),
                candidates as materialized (
                  select p.passage, sum(c.weight * p.times / (p.times + ?::float8 + ?::float8 * p.length)) as score
                  from chosen c join %s p on p.term = c.term where c.chooses group by p.passage),
                """.formatted(tables.term(), tables.posting()),
                (double) state.passages(),
                words.keySet().toArray(String[]::new),
                words.values().stream().map(Integer::doubleValue).toArray(Double[]::new),
                count / share,
                everyWord ? 0.0 : SHARE_OF_ONE,
                base,
                slope);
        boolean filtered = !(filter instanceof Filter.All);
        if (filtered) {
            sql.add("allowed_candidates as materialized (select c.passage, c.score from candidates c join "
                            + tables.passage() + " a on a.id = c.passage where ")
                    .add(FilterSql.condition(tables, "a.document", filter))
                    .add("),\n");
        }
        var others = """
                coalesce((
                    select sum(r.weight * p.times / (p.times + ?::float8 + ?::float8 * p.length))
                    from chosen r join %s p on p.term = r.term and p.passage = c.passage where not r.chooses), 0)""".formatted(tables.posting());
        return sql.add(
                """
                leaders as materialized (select c.passage, c.score from %1$s c order by c.score desc limit ?),
                least as (
                  select case when count(*) < ? then 0 else min(score) end as score from (
                    select c.score + %2$s as score from leaders c) completed),
                promising as materialized (
                  select c.passage, c.score from %1$s c, rest, least where c.score + rest.bound >= least.score),
                scored as (select c.passage, (c.score + %2$s)::real as score from promising c),
                best as (select passage, score from scored order by score desc fetch first ? rows with ties),
                word_hits as (
                  select p.id, p.document, p.ordinal, b.score from best b join %3$s p on p.id = b.passage)""".formatted(filtered ? "allowed_candidates" : "candidates", others, tables.passage()),
                count,
                count,
                base,
                slope,
                base,
                slope,
                count);
    }

    /**
     * Whether no passage without any of the choosing words can be among the best.
     *
     * @param bound the most that the other words can score together
     * @param found how many were found
     * @param last the score of the last of the best
     */
    static boolean isProven(double bound, int count, int found, double last) {
        return bound == 0 || found >= count && last > bound;
    }
}
