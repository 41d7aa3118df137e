/** A workspace folder, read once into records, and the parts it describes put together. */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace;
