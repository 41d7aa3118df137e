/** Questions that need several documents, made of collections whose questions need one. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.hops;
