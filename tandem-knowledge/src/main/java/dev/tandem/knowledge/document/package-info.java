/** Files to documents: blocks with their structure (headings, lists, tables, code, pages) and typed metadata. */
@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge.document;
