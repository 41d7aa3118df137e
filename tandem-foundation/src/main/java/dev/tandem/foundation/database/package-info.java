/** What is kept in a database: a file of SQLite or a schema of PostgreSQL, at the newest version, whose failures are sentences. */
@NullMarked
package dev.tandem.foundation.database;

import org.jspecify.annotations.NullMarked;
