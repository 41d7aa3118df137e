/** What is kept in a database: a file of SQLite at the newest schema, whose failures are sentences. */
@NullMarked
package dev.tandem.foundation.database;

import org.jspecify.annotations.NullMarked;
