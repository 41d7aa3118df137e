/** The subcommands: options in, work handed to the workspace, a report out. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.command;
