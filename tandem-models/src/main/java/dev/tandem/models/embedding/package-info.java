/** Text to vectors: the embedded encoder and remote embedding models behind one face. */
@org.jspecify.annotations.NullMarked
package dev.tandem.models.embedding;
