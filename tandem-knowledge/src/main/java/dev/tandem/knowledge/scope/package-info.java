/** Which documents a question names ("in the 2024 travel policy"), told from the index itself, as a filter. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.scope;
