package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one writer, in one transaction: what the server loses, it forgets. Safe for use by many threads, which take turns. */
final class PostgresWriting implements PassageIndex.Writing {
    /** Documents are sent together once they hold so many passages. */
    private static final int BATCH = 512;

    /** From so many passages changed on, statistics and visibility are brought up to date at the end. */
    private static final int WORTH_TIDYING = 1_000;

    private final String index;
    private final String schema;
    private final Connection connection;
    private final Map<String, PassageRows.Entry> pending = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private IndexState committed;
    private PassageRows rows;
    private int pendingPassages;
    private boolean closed;

    PostgresWriting(String index, String schema, Connection connection, IndexState state, boolean anew)
            throws SQLException {
        this.index = index;
        this.schema = schema;
        this.connection = connection;
        this.committed = state;
        this.rows = anew || state.isNew()
                ? nextGeneration()
                : new PassageRows(new Tables(schema, state.generation()), state);
    }

    /** Tables beside those that are read, as long as they are not committed for nobody else. */
    private PassageRows nextGeneration() throws SQLException {
        int generation = committed.generation() + 1;
        var tables = new Tables(schema, generation);
        for (var table : tables.all()) {
            Sql.of("drop table if exists " + table).run(connection);
        }
        for (var statement : tables.statements()) {
            Sql.of(statement).run(connection);
        }
        return new PassageRows(tables, IndexState.empty(generation, committed.version()));
    }

    @Override
    public synchronized void replace(IndexedDocument document, List<StoredPassage> passages) {
        passages.forEach(passage -> requireDimension(passage.vector().length));
        var before = pending.remove(document.path());
        pendingPassages -= before == null ? 0 : before.passages().size();
        pending.put(document.path(), new PassageRows.Entry(document, passages));
        gone.add(document.path());
        pendingPassages += passages.size();
        if (pendingPassages >= BATCH || pending.size() >= BATCH) {
            run(this::flush);
        }
    }

    private void requireDimension(int length) {
        if (rows.dimension() == 0) {
            run(() -> rows.giveDimension(length, connection));
        }
        if (rows.dimension() != length) {
            throw IndexDescription.otherDimension(index, rows.dimension(), length);
        }
    }

    @Override
    public synchronized void delete(String path) {
        var before = pending.remove(path);
        pendingPassages -= before == null ? 0 : before.passages().size();
        gone.add(path);
    }

    @Override
    public synchronized void deleteAll() {
        run(() -> {
            pending.clear();
            gone.clear();
            pendingPassages = 0;
            rows = nextGeneration();
        });
    }

    private void flush() throws SQLException {
        rows.remove(gone, connection);
        rows.add(pending.values(), connection);
        pending.clear();
        gone.clear();
        pendingPassages = 0;
    }

    @Override
    public synchronized void commit(IndexDescription description) {
        run(() -> {
            flush();
            committed = rows.finish(description, connection);
            connection.commit();
        });
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (connection) {
            connection.rollback();
            tidy();
            WriterLock.giveBack(connection);
        } catch (SQLException e) {
            // What was committed stays; a lost connection takes the rest back by itself.
            return;
        }
    }

    private void tidy() throws SQLException {
        connection.setAutoCommit(true);
        new OldGenerations(schema, committed.generation()).drop(connection);
        if (rows.changed() >= WORTH_TIDYING && rows.tables().generation() == committed.generation()) {
            for (var table : rows.tables().all()) {
                Sql.of("vacuum (analyze) " + table).run(connection);
            }
        }
    }

    private void run(Change change) {
        try {
            change.apply();
        } catch (SQLException e) {
            throw PostgresFailure.of(index, e);
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply() throws SQLException;
    }
}
