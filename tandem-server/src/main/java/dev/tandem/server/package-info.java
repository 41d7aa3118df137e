/** A workspace as a service: {@link dev.tandem.server.TandemServer} puts it together. */
@NullMarked
package dev.tandem.server;

import org.jspecify.annotations.NullMarked;
