package dev.tandem.knowledge.ingest;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.Format;
import dev.tandem.knowledge.ingest.IngestReport.SkippedFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds the files of a source that may be documents: of a known format, not hidden, not a tool's own. Follows no links. */
final class SourceWalk {

    /** What Tandem itself keeps in a workspace's folder, which may be a source too. */
    private static final Set<String> OWN = Set.of("keys.json", "testset.jsonl", "training.jsonl", "comparison.html");

    private SourceWalk() {}

    /**
     * A file that may be a document.
     *
     * @param file where it is
     * @param path its path relative to the source
     * @param folderMetadata the text of the metadata sheets that apply to it
     */
    record Candidate(Path file, String path, String folderMetadata) {}

    /** The candidates in the order of their paths; folders that cannot be entered are reported. */
    static List<Candidate> candidates(Path source, FileSelection selection, List<SkippedFile> skipped) {
        var found = new ArrayList<Candidate>();
        if (Files.isRegularFile(source)) {
            var name = source.getFileName().toString();
            if (Format.of(name).isEmpty()) {
                throw new MendableException("The file " + source + " is of a format that is not read.");
            }
            return List.of(new Candidate(source, name, DocumentReader.folderMetadataText(source, name)));
        }
        try {
            Files.walkFileTree(source, new Visitor(source, selection, found, skipped));
        } catch (IOException e) {
            throw new MendableException("The folder " + source + " cannot be read: " + e.getMessage(), e);
        }
        found.sort(Comparator.comparing(Candidate::path));
        return found;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path source;
        private final FileSelection selection;
        private final List<Candidate> found;
        private final List<SkippedFile> skipped;

        Visitor(Path source, FileSelection selection, List<Candidate> found, List<SkippedFile> skipped) {
            this.source = source;
            this.selection = selection;
            this.found = found;
            this.skipped = skipped;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = folder.getFileName() == null ? "" : folder.getFileName().toString();
            boolean below = !folder.equals(source);
            boolean workspace = below && Files.exists(folder.resolve("tandem.yaml"));
            return below && (FileSelection.isLeftOut(name) || workspace)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var name = file.getFileName().toString();
            var path = source.relativize(file).toString().replace('\\', '/');
            boolean configuration = name.equals("metadata.yaml")
                    || name.equals("tandem.yaml")
                    || OWN.contains(name) && Files.exists(file.resolveSibling("tandem.yaml"));
            if (attributes.isRegularFile()
                    && !name.startsWith(".")
                    && !name.startsWith("~$")
                    && !configuration
                    && Format.of(name).isPresent()
                    && selection.selects(path)) {
                found.add(new Candidate(file, path, DocumentReader.folderMetadataText(file, path)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            skipped.add(new SkippedFile(
                    source.relativize(file).toString(),
                    "cannot be read: " + e.getClass().getSimpleName()));
            return FileVisitResult.CONTINUE;
        }
    }
}
