package dev.tandem.knowledge.ingest;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.ingest.IngestReport.SkippedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the sources and the index, found by hashing every file: times and sizes can lie.
 *
 * @param toRead files that are new or changed, in the order of their paths
 * @param unchanged how many documents are as they were
 * @param deleted indexed documents of these sources whose files are gone
 * @param skipped files that cannot be documents, with the reason
 */
record Changes(List<SourceFile> toRead, int unchanged, List<IndexedDocument> deleted, List<SkippedFile> skipped) {

    boolean isEmpty() {
        return toRead.isEmpty() && deleted.isEmpty();
    }

    /**
     * Compares.
     *
     * @param known every document in the index
     * @param everything whether unchanged files are to be read as well
     */
    static Changes find(Ingester.Request request, List<IndexedDocument> known, boolean everything, Progress progress) {
        var search = new Search(request.selection(), known, everything);
        try (var task = progress.start("Scanning", Progress.UNKNOWN, "files")) {
            for (var source : request.sources()) {
                search.scan(source.toAbsolutePath().normalize(), task);
            }
        }
        return search.changes();
    }

    private static final class Search {
        private final FileSelection selection;
        private final boolean everything;
        private final Map<String, IndexedDocument> known = new HashMap<>();
        private final Set<String> scanned = new HashSet<>();
        private final Map<String, String> seen = new HashMap<>();
        private final List<SourceFile> toRead = new ArrayList<>();
        private final List<SkippedFile> skipped = new ArrayList<>();
        private int unchanged;

        Search(FileSelection selection, List<IndexedDocument> known, boolean everything) {
            this.selection = selection;
            this.everything = everything;
            known.forEach(document -> this.known.put(document.path(), document));
        }

        void scan(Path source, Progress.Task task) {
            if (!Files.exists(source)) {
                throw new MendableException("There is no file or folder " + source + ": check the path.");
            }
            scanned.add(source.toString());
            for (var candidate : SourceWalk.candidates(source, selection, skipped)) {
                look(source, candidate);
                task.step(1);
            }
        }

        private void look(Path source, SourceWalk.Candidate candidate) {
            var other = owner(candidate.path());
            if (other != null && !other.equals(source.toString())) {
                skipped.add(new SkippedFile(
                        candidate.path(),
                        "another source (" + other + ") has a document at this path: ingest a folder above both"));
                return;
            }
            seen.put(candidate.path(), source.toString());
            try {
                var hash = ContentHash.of(candidate.file(), candidate.folderMetadata());
                var before = known.get(candidate.path());
                if (before != null && before.contentHash().equals(hash) && !everything) {
                    unchanged++;
                    return;
                }
                toRead.add(new SourceFile(
                        candidate.file(),
                        candidate.path(),
                        source.toString(),
                        hash,
                        Files.size(candidate.file()),
                        Files.getLastModifiedTime(candidate.file()).toMillis(),
                        before != null));
            } catch (IOException e) {
                skipped.add(new SkippedFile(candidate.path(), "cannot be read: " + e.getMessage()));
            }
        }

        /** The source that a path belongs to: one scanned now, or one that the index remembers and that still has it. */
        private @Nullable String owner(String path) {
            var now = seen.get(path);
            if (now != null) {
                return now;
            }
            var before = known.get(path);
            return before != null && Files.exists(Path.of(before.source()).resolve(path)) ? before.source() : null;
        }

        Changes changes() {
            var deleted = known.values().stream()
                    .filter(document -> scanned.contains(document.source()) && !seen.containsKey(document.path()))
                    .toList();
            return new Changes(List.copyOf(toRead), unchanged, deleted, List.copyOf(skipped));
        }
    }
}
