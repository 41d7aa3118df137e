/**
 * Work that takes longer than a request: it waits in a queue, runs in the background, tells how far it is, can be cancelled, and is
 * taken up again when the process was killed.
 */
@NullMarked
package dev.tandem.server.job;

import org.jspecify.annotations.NullMarked;
