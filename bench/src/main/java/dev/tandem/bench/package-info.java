/** Benchmarks, and the commands behind docs/benchmarks.md. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench;
