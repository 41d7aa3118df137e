/** From a prompt to text: the key-value cache, sampling, constraints, batches and streams. */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.generation;
