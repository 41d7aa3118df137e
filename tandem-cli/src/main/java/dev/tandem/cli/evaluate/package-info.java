/** A test collection put through what a workspace does with documents, in a folder that is gone afterwards. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.evaluate;
