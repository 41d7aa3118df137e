/** The tandem command: one small class a subcommand. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli;
