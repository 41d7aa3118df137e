/** Retrieval configurations of a workspace searched on its own questions. */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.sweep;
