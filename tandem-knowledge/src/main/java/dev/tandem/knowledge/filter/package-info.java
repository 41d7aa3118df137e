/** The typed filter language: {@code department = "hr" and updated >= 2025-01-01}. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.filter;
