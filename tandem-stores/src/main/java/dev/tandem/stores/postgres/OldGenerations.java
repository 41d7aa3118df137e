package dev.tandem.stores.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Tables that no commit names any more. Those that somebody still reads stay until the next writer comes by. */
final class OldGenerations {
    private final String schema;
    private final int current;

    OldGenerations(String schema, int current) {
        this.schema = schema;
        this.current = current;
    }

    /** Drops them, each generation by itself; outside a transaction. */
    void drop(Connection connection) throws SQLException {
        var generations = Sql.of("""
                        select distinct substring(relname from '[0-9]+$')::int from pg_class
                        where relnamespace = to_regnamespace(?) and relkind = 'r' and relname ~ '^document_[0-9]+$'""", schema).query(connection, row -> row.getInt(1));
        for (int generation : generations) {
            if (generation != current) {
                drop(generation, connection);
            }
        }
    }

    private void drop(int generation, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        boolean unread = Sql.of("select pg_try_advisory_xact_lock(hashtext(?), ?)", schema, generation)
                .first(connection, row -> row.getBoolean(1))
                .orElse(false);
        if (unread) {
            Sql.of("set local lock_timeout = '2s'").run(connection);
            for (var table : new Tables(schema, generation).all()) {
                Sql.of("drop table if exists " + table).run(connection);
            }
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }
}
