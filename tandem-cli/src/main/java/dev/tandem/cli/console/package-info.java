/** What a terminal and a pipe need: encoding, width, colours, progress, JSON, and errors in one sentence. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.console;
