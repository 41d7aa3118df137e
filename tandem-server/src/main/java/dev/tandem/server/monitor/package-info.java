/** How the server is: health, readiness, metrics. */
@NullMarked
package dev.tandem.server.monitor;

import org.jspecify.annotations.NullMarked;
