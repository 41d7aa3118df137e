package dev.tandem.foundation.database;

import dev.tandem.foundation.database.SqliteFile.Schema;
import java.nio.file.Path;
import java.util.Optional;

/** Where tables are kept. */
public sealed interface DatabasePlace {
    /** Opens it, or makes it, at the newest schema; fails as {@link SqliteFile} and {@link PostgresSchema} do. */
    Database open(Schema schema);

    /** A file of SQLite. */
    record SqlitePlace(Path file) implements DatabasePlace {
        @Override
        public Database open(Schema schema) {
            return new SqliteFile(file, schema);
        }
    }

    /**
     * A schema of a PostgreSQL database.
     *
     * @param url a JDBC address without a password
     * @param user who signs in; empty where the address says so
     * @param password never printed
     * @param schema its name: letters, digits, {@code _} and {@code -}
     */
    record PostgresPlace(String url, Optional<String> user, Optional<String> password, String schema)
            implements DatabasePlace {
        @Override
        public Database open(Schema schema) {
            return new PostgresSchema(this, schema);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return schema + " at " + url;
        }
    }
}
