package dev.tandem.workspace.version;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The histories of all documents of a folder. Whoever uses them holds the lock of all.
 *
 * @param documents the folder with the documents, absolute
 * @param folder where versions are kept
 */
record Histories(Path documents, Path folder) {
    /** The file that a document is, if it is there: by its plain path in the folder, through no link. */
    Optional<Path> file(String path) {
        try {
            var file = documents.resolve(path);
            boolean own = isBelow(file)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && file.toRealPath().startsWith(documents.toRealPath());
            return own ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException | IOException noSuchFile) {
            return Optional.empty();
        }
    }

    /** First the history, so that it never names a file that is gone. */
    void keepOnly(VersionHistory history) throws IOException {
        if (history.newest().isEmpty() && history.earlier().isEmpty()) {
            folder(history.path()).removeAll();
            return;
        }
        folder(history.path()).write(history);
        folder(history.path()).removeOthers(history);
    }

    /** The history as the document's file bears it out: it may have been changed by hand, or a change of it broken off. */
    VersionHistory standing(String path) throws IOException {
        var known = folder(path).history().orElseGet(() -> VersionHistory.none(path));
        var file = file(path);
        if (file.isEmpty()) {
            return known.standing(Optional.empty());
        }
        var hash = VersionFolder.hash(file.get());
        var now = known.newest()
                .filter(each -> each.hash().equals(hash))
                // Kept, and then the process was killed before the document changed.
                .or(() -> known.earlier().stream()
                        .limit(1)
                        .filter(each -> each.hash().equals(hash))
                        .findFirst());
        return known.standing(Optional.of(now.isPresent() ? now.get() : byHand(file.get(), known, hash)));
    }

    private static DocumentVersion byHand(Path file, VersionHistory known, String hash) throws IOException {
        return new DocumentVersion(
                known.last() + 1,
                Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty(),
                Files.size(file),
                hash,
                Optional.empty(),
                Optional.empty());
    }

    /** Those of all documents, as they were written. */
    List<VersionHistory> all() throws IOException {
        var found = new ArrayList<VersionHistory>();
        try (var folders = Files.list(folder)) {
            for (var each : folders.filter(Files::isDirectory).sorted().toList()) {
                new VersionFolder(each, "").history().ifPresent(found::add);
            }
        }
        return found;
    }

    /** Where a document is to be, in a folder that is there. */
    Path target(String path) throws IOException {
        var target = documents.resolve(path);
        var parent = target.getParent();
        if (parent == null || !isBelow(target)) {
            throw new IllegalArgumentException("No path in the documents' folder: " + path);
        }
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(documents.toRealPath())) {
            throw new MendableException(
                    "'" + path + "' leads out of " + documents + " by a link: remove the link there.");
        }
        return target;
    }

    private boolean isBelow(Path file) {
        return file.equals(file.normalize()) && file.startsWith(documents) && !file.equals(documents);
    }

    VersionFolder folder(String path) {
        return VersionFolder.of(folder, path);
    }
}
