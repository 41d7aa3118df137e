package dev.tandem.stores.postgres;

import dev.tandem.foundation.MendableException;
import java.sql.Connection;
import java.sql.SQLException;

/** That one process writes at a time: a lock of the session, which ends with it however that ends. */
final class WriterLock {
    private final String index;
    private final String schema;

    WriterLock(String index, String schema) {
        this.index = index;
        this.schema = schema;
    }

    /**
     * Takes it for a connection.
     *
     * @throws MendableException if another has it, naming the process
     */
    void take(Connection connection) throws SQLException {
        boolean taken = Sql.of("select pg_try_advisory_lock(hashtext(?), 0)", schema)
                .first(connection, row -> row.getBoolean(1))
                .orElse(false);
        if (!taken) {
            var who = Sql.of("""
                            select a.application_name, coalesce(host(a.client_addr), 'the same machine')
                            from pg_locks l join pg_stat_activity a using (pid)
                            where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.objid = 0
                              and l.classid = hashtext(?)::bigint & 4294967295""", schema)
                    .first(connection, row -> " (" + row.getString(1) + ", from " + row.getString(2) + ")")
                    .orElse("");
            throw new MendableException("Another process" + who + " is writing to the index " + index
                    + ": wait until its ingest ends, or stop it.");
        }
    }

    /**
     * Gives it back. A session that is closed gives it back as well, but only once its server process has noticed, and the next write
     * may come before that.
     */
    static void giveBack(Connection connection) throws SQLException {
        Sql.of("select pg_advisory_unlock_all()").first(connection, row -> true);
    }
}
