/** Finds text in documents that speaks to a language model instead of a reader: prompt injection. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.injection;
