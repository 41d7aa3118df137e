package dev.tandem.stores.postgres;

import static dev.tandem.stores.postgres.BinaryRows.integer;
import static dev.tandem.stores.postgres.BinaryRows.text;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The numbers of words, and what became of the passages that hold each since the last commit. */
final class Terms {
    private final Tables tables;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** How many more passages hold each. */
    private final Map<Integer, Integer> changes = new HashMap<>();

    /** Words that are in no table yet, by number. */
    private final Map<Integer, String> unwritten = new HashMap<>();

    private int next;

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

    /** So many more passages hold a word, or fewer. */
    void count(int term, int passages) {
        changes.merge(term, passages, Integer::sum);
    }

    /** Writes new words and changed counts. */
    void write(Connection connection) throws SQLException {
        var rows = new BinaryRows(tables.term() + " (id, stem, passages)");
        unwritten.forEach(
                (number, stem) -> rows.add(integer(number), text(stem), integer(changes.getOrDefault(number, 0))));
        rows.send(connection);
        changes.keySet().removeAll(unwritten.keySet());
        unwritten.clear();
        if (!changes.isEmpty()) {
            Sql.of(
                            "update " + tables.term() + " t set passages = t.passages + c.passages"
                                    + " from unnest(?::int[], ?::int[]) as c(id, passages) where t.id = c.id",
                            changes.keySet().toArray(Integer[]::new),
                            changes.values().toArray(Integer[]::new))
                    .run(connection);
            changes.clear();
        }
    }
}
