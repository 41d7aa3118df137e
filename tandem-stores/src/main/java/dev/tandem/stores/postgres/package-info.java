/**
 * Passages in PostgreSQL with pgvector. A schema holds one row of state and the tables of a generation; a write happens in one
 * transaction, and one that makes the index anew builds the tables of the next generation beside those that are read.
 */
@NullMarked
package dev.tandem.stores.postgres;

import org.jspecify.annotations.NullMarked;
