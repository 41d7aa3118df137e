/** What a language model writes above a passage at ingest, so that searches find it: asked, kept, counted. */
@org.jspecify.annotations.NullMarked
package dev.tandem.answering.context;
