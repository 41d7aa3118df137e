/**
 * What documents were before: those that lie in a workspace's own folder, where they came by upload. What stands in other folders is
 * theirs who keep them.
 *
 * <p>Each document has a folder of its own under {@code .versions/}, named by the SHA-256 of its path, so that no name leads anywhere:
 * {@code history.json}, written whole or not at all, and a file a version that is no longer the newest. Whatever is replaced or deleted
 * is first kept there and flushed to the disk, then the history says so, then the document changes. A process that is killed between the
 * two leaves a document whose content is that of the newest version kept: then that one is the newest still, and nothing was lost.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.version;
