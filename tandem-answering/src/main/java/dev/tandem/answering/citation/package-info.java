/** Citations, and the check that each resolves to its passage. */
@org.jspecify.annotations.NullMarked
package dev.tandem.answering.citation;
