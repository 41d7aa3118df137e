/** The approaches to answering of a workspace, put together for an evaluation. */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.strategy;
