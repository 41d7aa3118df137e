/** Streams of questions with and without drift, made of real collections, to measure how it is found. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.drift;
