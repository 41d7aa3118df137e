/** A workspace kept open for many callers at once: its models by name, its documents, and how many answers are made at a time. */
@NullMarked
package dev.tandem.server.engine;

import org.jspecify.annotations.NullMarked;
