/** Loads put on a server: malformed requests, searches, streams. */
@NullMarked
package dev.tandem.bench.serve;

import org.jspecify.annotations.NullMarked;
