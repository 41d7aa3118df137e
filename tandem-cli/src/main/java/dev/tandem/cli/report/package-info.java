/** Answers, hits, ingests and states as people read them and as JSON; docs/cli.md describes the JSON. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.report;
