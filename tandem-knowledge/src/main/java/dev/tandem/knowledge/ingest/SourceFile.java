package dev.tandem.knowledge.ingest;

import java.nio.file.Path;

/**
 * A file to be read.
 *
 * @param file where it is
 * @param path its path relative to its source: its document's identity
 * @param source the source, absolute
 * @param contentHash hash of its bytes and of the folder metadata that applies to it
 * @param size its length in bytes
 * @param modifiedMillis its time of last change, milliseconds since 1970
 * @param known whether the index has a document at this path
 */
record SourceFile(
        Path file, String path, String source, String contentHash, long size, long modifiedMillis, boolean known) {}
