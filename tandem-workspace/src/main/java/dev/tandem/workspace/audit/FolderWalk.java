package dev.tandem.workspace.audit;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.ingest.FileSelection;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a folder, in the order of their paths. What an ingest would never read is counted only: hidden files, links, and
 * what tools made.
 *
 * @param root absolute
 * @param files those to look at
 * @param hidden how many were left out
 */
record FolderWalk(Path root, List<Path> files, int hidden) {
    static FolderWalk of(Path root) {
        if (Files.isRegularFile(root)) {
            return new FolderWalk(root, List.of(root), 0);
        }
        if (!Files.isDirectory(root)) {
            throw new MendableException("There is no folder " + root + ": name the one that your documents lie in.");
        }
        var found = new ArrayList<Path>();
        var visitor = new Visitor(root, found);
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            throw new MendableException("The folder " + root + " cannot be read: " + e.getMessage(), e);
        }
        found.sort(null);
        return new FolderWalk(root, found, visitor.hidden);
    }

    /** A file's path relative to the folder, with {@code /} between parts. */
    String path(Path file) {
        return file.equals(root)
                ? String.valueOf(file.getFileName())
                : root.relativize(file).toString().replace('\\', '/');
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> found;
        private int hidden;

        Visitor(Path root, List<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = String.valueOf(folder.getFileName());
            boolean left = !folder.equals(root) && FileSelection.isLeftOut(name);
            hidden += left ? 1 : 0;
            return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && !String.valueOf(file.getFileName()).startsWith(".")) {
                found.add(file);
            } else {
                hidden++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            // It is looked at like the others, and says then why it cannot be read.
            found.add(file);
            return FileVisitResult.CONTINUE;
        }
    }
}
