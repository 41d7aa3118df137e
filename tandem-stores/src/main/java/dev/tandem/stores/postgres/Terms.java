package dev.tandem.stores.postgres;

import static dev.tandem.stores.postgres.BinaryRows.integer;
import static dev.tandem.stores.postgres.BinaryRows.small;
import static dev.tandem.stores.postgres.BinaryRows.text;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** The numbers of words, and what became of the passages that hold each since the last commit. */
final class Terms {
    private final Tables tables;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, Change> changes = new HashMap<>();

    /** Words that are in no table yet, by number. */
    private final Map<Integer, String> unwritten = new HashMap<>();

    private int next;

    /**
     * What is new about a word.
     *
     * @param passages how many more passages hold it
     * @param most how often a new one holds it, 0 if none does
     * @param shortest the least code of a new one's length
     */
    private record Change(int passages, int most, int shortest) {
        static final Change NONE = new Change(0, 0, Short.MAX_VALUE);

        Change and(Change other) {
            return new Change(
                    passages + other.passages, Math.max(most, other.most), Math.min(shortest, other.shortest));
        }
    }

    Terms(Tables tables, int next) {
        this.tables = tables;
        this.next = next;
    }

    int next() {
        return next;
    }

    /** Finds the numbers of words, or gives them. */
    void know(Collection<String> stems, Connection connection) throws SQLException {
        var unknown = stems.stream()
                .distinct()
                .filter(stem -> !numbers.containsKey(stem))
                .toArray(String[]::new);
        if (unknown.length == 0) {
            return;
        }
        if (next > 1) {
            Sql.of("select stem, id from " + tables.term() + " where stem = any (?)", (Object) unknown)
                    .query(connection, row -> numbers.put(row.getString(1), row.getInt(2)));
        }
        for (var stem : unknown) {
            if (!numbers.containsKey(stem)) {
                numbers.put(stem, next);
                unwritten.put(next, stem);
                next++;
            }
        }
    }

    int number(String stem) {
        return Objects.requireNonNull(numbers.get(stem));
    }

    /** A passage holds a word so often, and its length has that code. */
    void add(int term, int times, int length) {
        changes.merge(term, new Change(1, times, length), Change::and);
    }

    /** So many passages that held a word are gone; how often and in how short a one it stands at most stays, as a bound. */
    void remove(int term, int passages) {
        changes.merge(term, new Change(-passages, 0, Short.MAX_VALUE), Change::and);
    }

    /** Writes new words and changed counts. */
    void write(Connection connection) throws SQLException {
        var rows = new BinaryRows(tables.term() + " (id, stem, passages, most, shortest)");
        unwritten.forEach((number, stem) -> {
            var change = changes.getOrDefault(number, Change.NONE);
            rows.add(
                    integer(number),
                    text(stem),
                    integer(change.passages()),
                    small(change.most()),
                    small(change.shortest()));
        });
        rows.send(connection);
        changes.keySet().removeAll(unwritten.keySet());
        unwritten.clear();
        if (!changes.isEmpty()) {
            var ids = changes.keySet().toArray(Integer[]::new);
            Sql.of(
                            """
                            update %s t set passages = t.passages + c.passages, most = greatest(t.most, c.most::smallint),
                              shortest = least(t.shortest, c.shortest::smallint)
                            from unnest(?::int[], ?::int[], ?::int[], ?::int[]) as c(id, passages, most, shortest) where t.id = c.id""".formatted(tables.term()),
                            ids,
                            each(ids, Change::passages),
                            each(ids, Change::most),
                            each(ids, Change::shortest))
                    .run(connection);
            changes.clear();
        }
    }

    private Integer[] each(Integer[] ids, ToIntFunction<Change> part) {
        return Arrays.stream(ids)
                .map(id -> part.applyAsInt(changes.getOrDefault(id, Change.NONE)))
                .toArray(Integer[]::new);
    }
}
