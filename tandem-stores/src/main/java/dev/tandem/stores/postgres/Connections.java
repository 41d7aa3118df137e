package dev.tandem.stores.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * Connections to one database, kept for the next reader. There are as many as there are readers at once, and no reader waits
 * for another's: one who holds a snapshot may open a second. Safe for use by many threads.
 */
final class Connections implements AutoCloseable {
    /** So many idle ones stay open. */
    private static final int KEPT = 8;

    private static final int CONNECT_SECONDS = 10;

    /**
     * Settings of every session. Graph searches go on until enough passages pass the filter; a statement that was planned is not
     * planned again, for planning takes as long as a small search.
     */
    private static final String OPTIONS = "-c hnsw.iterative_scan=strict_order -c hnsw.ef_search=200"
            + " -c hnsw.max_scan_tuples=200000 -c jit=off -c plan_cache_mode=force_generic_plan"
            + " -c max_parallel_workers_per_gather=0 -c work_mem=32MB";

    private final String url;
    private final Properties properties = new Properties();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(String url, Optional<String> user, Optional<String> password) {
        this.url = url;
        user.ifPresent(name -> PGProperty.USER.set(properties, name));
        password.ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret));
        PGProperty.OPTIONS.set(properties, OPTIONS);
        PGProperty.APPLICATION_NAME.set(
                properties, "tandem " + ProcessHandle.current().pid());
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // Results come in binary from the first time on.
        PGProperty.PREPARE_THRESHOLD.set(properties, 1);
    }

    /** A new connection, the caller's own. */
    Connection open() throws SQLException {
        return Objects.requireNonNull(
                new org.postgresql.Driver().connect(url, properties), "The driver knows its own addresses");
    }

    /** A connection for reading in one unchanging view, idle before or new. */
    Connection forReading() throws SQLException {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return newForReading();
    }

    /** The same for sure new, after those kept turned out to be lost. */
    Connection newForReading() throws SQLException {
        synchronized (this) {
            idle.forEach(Connections::end);
            idle.clear();
        }
        var connection = open();
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Takes one back; its view ends. */
    void giveBack(Connection connection) {
        try {
            connection.rollback();
            synchronized (this) {
                if (!closed && idle.size() < KEPT) {
                    idle.push(connection);
                    return;
                }
            }
            connection.close();
        } catch (SQLException lost) {
            end(connection);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException lostAlready) {
            return;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Connections::end);
        idle.clear();
    }
}
