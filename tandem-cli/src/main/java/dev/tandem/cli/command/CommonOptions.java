package dev.tandem.cli.command;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
    @Option(
            names = "--json",
            description = "Write JSON to stdout, and nothing else there; docs/cli.md names the fields.")
    boolean json;

    @Option(names = "--verbose", description = "Show the stack trace of a failure.")
    boolean verbose;

    @Option(
            names = "--offline",
            description = "Let no connection leave this machine, whatever is configured; docs/security.md tells how.")
    boolean offline;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
