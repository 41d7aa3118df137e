/** Documents to passages: pieces of a size that the embedding model reads whole, never cut inside what belongs together. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.passage;
