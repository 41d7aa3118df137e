package dev.tandem.stores.postgres;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.PassageIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * An index in a schema of a PostgreSQL database with pgvector: vectors under an HNSW graph, words under BM25 computed in SQL by
 * Tandem's own stems, metadata a row a value, all read by one statement a search in one repeatable-read transaction a snapshot.
 *
 * <p>Up to {@link VectorSearch#EXACT} passages that a filter leaves are all compared; beyond, the graph is searched on and on until
 * enough pass the filter. Safe for use by many threads and processes; one writes at a time.
 */
public final class PostgresPassageIndex implements PassageIndex {
    private static final int LONGEST_NAME = 48;

    private final String title;
    private final String schema;
    private final Connections connections;
    private final FilterCounts counts = new FilterCounts();

    private PostgresPassageIndex(String title, String schema, Connections connections) {
        this.title = title;
        this.schema = schema;
        this.connections = connections;
    }

    /**
     * The index of a schema; a schema that is missing is an index with nothing in it. Nothing is connected yet.
     *
     * @param url a JDBC address
     * @param name the schema: letters, digits, {@code _} and {@code -}
     * @throws MendableException if the address or name cannot be one
     */
    public static PostgresPassageIndex open(String url, Optional<String> user, Optional<String> password, String name) {
        requireAddress(url, name);
        return new PostgresPassageIndex(name + " at " + url, "\"" + name + "\"", new Connections(url, user, password));
    }

    /**
     * Checks an address and a schema's name.
     *
     * @throws MendableException if they cannot be one
     */
    public static void requireAddress(String url, String name) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new MendableException("store.url is " + withoutPassword(url)
                    + ", but pgvector needs a JDBC address: write it like jdbc:postgresql://localhost:5432/tandem.");
        }
        if (url.matches("(?i).*[?&](password|sslpassword)=.*")) {
            throw new MendableException("store.url holds a password: remove it there, and set the environment variable"
                    + " PGPASSWORD or the one that store.api_key_variable names.");
        }
        if (!name.matches("[A-Za-z0-9_-]{1," + LONGEST_NAME + "}")) {
            throw new MendableException("store.name is '" + name + "', but a schema's name is up to " + LONGEST_NAME
                    + " letters, digits, _ and -: choose another.");
        }
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1***").replaceAll("//([^/@:]*):[^/@]*@", "//$1:***@");
    }

    @Override
    public Snapshot snapshot() {
        try {
            return view(connections.forReading());
        } catch (SQLException kept) {
            if (!PostgresFailure.isConnectionLost(kept)) {
                throw PostgresFailure.of(title, kept);
            }
            try {
                // The connections kept from before a server's restart are lost, all of them.
                return view(connections.newForReading());
            } catch (SQLException gone) {
                throw PostgresFailure.of(title, gone);
            }
        }
    }

    private Snapshot view(Connection connection) throws SQLException {
        try {
            var state = readState(connection);
            return new PostgresSnapshot(
                    title,
                    connection,
                    state,
                    new Tables(schema, state.generation()),
                    counts,
                    () -> connections.giveBack(connection));
        } catch (SQLException | RuntimeException e) {
            connections.giveBack(connection);
            throw e;
        }
    }

    /** What is committed; its tables stay as long as the transaction, by a lock that whoever drops them asks for. */
    private IndexState readState(Connection connection) throws SQLException {
        try {
            return state(
                            Sql.of(
                                    "select " + Tables.STATE
                                            + ", pg_advisory_xact_lock_shared(hashtext(?), generation) from " + schema
                                            + ".state",
                                    schema),
                            connection)
                    .orElse(IndexState.NEW);
        } catch (SQLException e) {
            // No such schema or table: nothing was ever written.
            if ("42P01".equals(e.getSQLState()) || "3F000".equals(e.getSQLState())) {
                connection.rollback();
                return IndexState.NEW;
            }
            // A column is missing.
            if ("42703".equals(e.getSQLState())) {
                throw otherVersion();
            }
            throw e;
        }
    }

    private Optional<IndexState> state(Sql sql, Connection connection) throws SQLException {
        return sql.first(connection, row -> {
            if (row.getInt("format") != Tables.FORMAT) {
                throw otherVersion();
            }
            return new IndexState(
                    row.getInt("generation"),
                    row.getLong("version"),
                    new IndexDescription(row.getString("encoder"), row.getInt("dimension"), row.getString("splitting")),
                    row.getInt("passages"),
                    row.getLong("words"),
                    row.getInt("next_document"),
                    row.getInt("next_passage"),
                    row.getInt("next_term"),
                    new WordWeights.Weighed(
                            row.getDouble("weighed_average"),
                            row.getInt("weighed_passages"),
                            row.getInt("weighed_next")));
        });
    }

    private MendableException otherVersion() {
        return new MendableException("The index " + title
                + " was written by another version of Tandem: run `tandem ingest --rebuild` to make it anew from"
                + " the documents.");
    }

    @Override
    public Writing write() {
        return write(false);
    }

    @Override
    public Writing writeAnew() {
        return write(true);
    }

    private Writing write(boolean anew) {
        try {
            var connection = connections.open();
            try {
                new WriterLock(title, schema).take(connection);
                connection.setAutoCommit(false);
                prepareSchema(connection);
                var state = anew
                        ? lastState(connection)
                        : state(Sql.of("select " + Tables.STATE + " from " + schema + ".state"), connection);
                return new PostgresWriting(title, schema, connection, state.orElse(IndexState.NEW), anew);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw PostgresFailure.of(title, e);
        }
    }

    /** Makes what is not there yet, in a transaction of its own. */
    private void prepareSchema(Connection connection) throws SQLException {
        boolean there = Sql.of("select to_regclass(?) is not null", schema + ".state")
                .first(connection, row -> row.getBoolean(1))
                .orElse(false);
        if (!there) {
            Sql.of(Tables.TAKE_TURNS).first(connection, row -> true);
            for (var statement : Tables.schemaStatements(schema)) {
                Sql.of(statement).run(connection);
            }
        }
        boolean former = Sql.of("select format < ? from " + schema + ".state", Tables.FORMAT)
                .first(connection, row -> row.getBoolean(1))
                .orElse(false);
        if (former) {
            Sql.of(Tables.newerStateStatement(schema)).run(connection);
        }
        requireVersion(connection);
        connection.commit();
    }

    private void requireVersion(Connection connection) throws SQLException {
        var version = Sql.of("select extversion from pg_extension where extname = 'vector'")
                .first(connection, row -> row.getString(1))
                .orElse("none");
        if (version.matches("none|0\\.[0-7](\\..*)?")) {
            throw new MendableException("The index " + title + " needs pgvector 0.8 or newer, but the database has "
                    + version + ": install it and run 'alter extension vector update'.");
        }
    }

    /** Of an index that is made anew only the numbers count, also those of another format. */
    private Optional<IndexState> lastState(Connection connection) throws SQLException {
        return Sql.of("select generation, version from " + schema + ".state")
                .first(connection, row -> IndexState.empty(row.getInt(1), row.getLong(2)));
    }

    @Override
    public void close() {
        connections.close();
    }
}
