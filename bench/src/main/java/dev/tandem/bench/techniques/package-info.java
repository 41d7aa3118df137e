/** Collections and measures for techniques of retrieval, each on and off. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.techniques;
