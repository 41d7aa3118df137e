/** What a server keeps in a workspace beside its index and runs: one SQLite file, in which nothing that was acknowledged is lost. */
@NullMarked
package dev.tandem.server.store;

import org.jspecify.annotations.NullMarked;
