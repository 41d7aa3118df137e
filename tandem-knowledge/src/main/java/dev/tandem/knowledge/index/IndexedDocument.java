package dev.tandem.knowledge.index;

import dev.tandem.knowledge.document.Metadata;

/**
 * What the index records of a document.
 *
 * @param path its path in the source folder, its identity
 * @param source the source folder that it came from, absolute
 * @param title its title
 * @param metadata its typed fields
 * @param contentHash hash of the file's bytes
 * @param size the file's length in bytes
 * @param modifiedMillis the file's time of last change, milliseconds since 1970
 * @param passages how many passages it has
 */
public record IndexedDocument(
        String path,
        String source,
        String title,
        Metadata metadata,
        String contentHash,
        long size,
        long modifiedMillis,
        int passages) {}
