/** What a server keeps in a workspace beside its index and runs: a file of SQLite, and a schema of PostgreSQL if the settings say so, in which nothing that was acknowledged is lost. */
@NullMarked
package dev.tandem.server.store;

import org.jspecify.annotations.NullMarked;
