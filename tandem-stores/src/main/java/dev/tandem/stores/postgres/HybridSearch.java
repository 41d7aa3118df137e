package dev.tandem.stores.postgres;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A search by words, by vector or by both as one statement, and another one that goes further where its result shows that it must. */
final class HybridSearch {
    private final Tables tables;
    private final IndexState state;
    private final Function<Sql, List<Hit>> reading;

    HybridSearch(Tables tables, IndexState state, Function<Sql, List<Hit>> reading) {
        this.tables = tables;
        this.state = state;
        this.reading = reading;
    }

    /** A row of the result: by words (0) or by vector (1); or (2) with the score that no passage reaches that was not looked at. */
    record Hit(int list, ScoredPassage passage) {
        static Hit read(ResultSet row) throws SQLException {
            return new Hit(
                    row.getInt(1), new ScoredPassage(row.getString(3), row.getInt(4), row.getInt(2), row.getDouble(5)));
        }
    }

    /**
     * The best by each that is there.
     *
     * @param left how many passages the filter leaves, at least 1
     */
    PassageIndex.Found search(Optional<String> question, Optional<float[]> vector, int count, Filter filter, int left) {
        double share = (double) left / state.passages();
        var effort = new Effort(left <= VectorSearch.EXACT, count / share);
        var found = search(question, vector, count, filter, share, effort);
        for (var more = effort.after(found, count); !more.equals(effort); more = effort.after(found, count)) {
            effort = more;
            found = search(question, vector, count, filter, share, effort);
        }
        return new PassageIndex.Found(first(found.words(), count), first(found.vectors(), count));
    }

    /**
     * How far a search goes.
     *
     * @param exact whether all vectors are compared
     * @param chosen how many passages are scored by words
     */
    private record Effort(boolean exact, double chosen) {
        /** The same if what was found is the best there is, else more. */
        Effort after(Hits found, int count) {
            boolean tied = !exact
                    && found.vectors().size() > count
                    && VectorSearch.tieGoesOn(
                            count,
                            found.vectors().size(),
                            found.vectors().get(count - 1).score(),
                            found.vectors().getLast().score());
            boolean missed = found.unseen() > 0
                    && (found.words().size() < count
                            || found.words().get(count - 1).score() <= found.unseen());
            return new Effort(exact || tied, missed ? WordSearch.MORE * chosen : chosen);
        }
    }

    /**
     * What one statement found, the best first, and more than were asked for where scores are equal.
     *
     * @param unseen what no passage scores by words that was not looked at; 0 if there is none
     */
    private record Hits(List<ScoredPassage> words, List<ScoredPassage> vectors, double unseen) {}

    private Hits search(
            Optional<String> question,
            Optional<float[]> vector,
            int count,
            Filter filter,
            double share,
            Effort effort) {
        var sql = Sql.of("with ");
        var selects = new ArrayList<String>();
        var path = "(select d.path from " + tables.document() + " d where d.id = h.document)";
        boolean filtered = !(filter instanceof Filter.All);
        if (filtered) {
            sql.add("allowed as materialized (select d.id from " + tables.document() + " d where ")
                    .add(FilterSql.condition(tables, "d.id", filter))
                    .add("),\n");
        }
        // Looked up row by row, so that no plan reads all passages to join them.
        var allowed = filtered ? "(p.document in (select a.id from allowed a)) is true" : "true";
        // What the filter leaves is found by document.
        var few = filtered ? "p.document = any (array(select a.id from allowed a))" : "true";
        if (question.isPresent()) {
            var search = new WordSearch(tables, state);
            if (share < WordSearch.FEW) {
                sql.add(search.ofFew(question.get(), count, few));
            } else if (search.canChoose(effort.chosen())) {
                sql.add(search.ofChosen(question.get(), count, effort.chosen(), allowed));
                selects.add("select 2, 0, '', 0, u.score from unseen u");
            } else {
                sql.add(search.ofAll(question.get(), count, allowed));
            }
            selects.add("select 0, h.id, " + path + ", h.ordinal, h.score from word_hits h");
        }
        if (vector.isPresent()) {
            var search = new VectorSearch(tables, state);
            sql.add(question.isPresent() ? ",\n" : "");
            if (effort.exact()) {
                sql.add(search.byComparingAll(vector.get(), count, few));
            } else {
                sql.add(search.byGraph(vector.get(), count, allowed));
            }
            selects.add("select 1, h.id, " + path + ", h.ordinal, h.score from vector_hits h");
        }
        sql.add("\n" + String.join("\nunion all\n", selects));
        var lists =
                List.of(new ArrayList<ScoredPassage>(), new ArrayList<ScoredPassage>(), new ArrayList<ScoredPassage>());
        for (var hit : reading.apply(sql)) {
            lists.get(hit.list()).add(hit.passage());
        }
        lists.forEach(list -> list.sort(ScoredPassage.BEST_FIRST));
        return new Hits(
                lists.get(0),
                lists.get(1),
                lists.get(2).stream().mapToDouble(ScoredPassage::score).sum());
    }

    private static List<ScoredPassage> first(List<ScoredPassage> found, int count) {
        return List.copyOf(found.subList(0, Math.min(count, found.size())));
    }
}
