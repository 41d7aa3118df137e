/**
 * Passage indexes kept by vector databases that are reached over HTTP.
 *
 * <p>Such a server has neither commits nor unchanging views. {@link RemotePassageIndex} makes them of what it has: each point says
 * from which commit on it is part of the index and until which, and one record names the last commit. A write adds points of
 * the next commit and marks what they replace; nobody sees any of it until the record is written, and then all of it at once.
 * {@code VectorDatabase} is all that is asked of a server; there is one implementation for each.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.stores.remote;
