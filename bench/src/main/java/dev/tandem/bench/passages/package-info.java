/** Passages and questions to fill an index with. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.passages;
