package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The folders that a workspace is made from: those that tandem.yaml names, then those given to ingest and remembered. */
final class Sources {
    private final Workspace workspace;
    private final Path file;

    Sources(Workspace workspace, Path file) {
        this.workspace = workspace;
        this.file = file;
    }

    /** All of them, absolute, each once. */
    List<Path> all() {
        var sources = new LinkedHashSet<>(configured());
        sources.addAll(remembered());
        return List.copyOf(sources);
    }

    /** Adds sources to those remembered. */
    void remember(Collection<Path> added) {
        var sources = new LinkedHashSet<>(remembered());
        added.stream().map(Sources::absolute).forEach(sources::add);
        sources.removeAll(configured());
        write(List.copyOf(sources));
    }

    /** Takes a source out of those remembered. */
    void forget(Path source) {
        if (configured().contains(absolute(source))) {
            throw new MendableException(
                    source + " stands under documents.sources in tandem.yaml: remove it there first, then forget it.");
        }
        write(remembered().stream()
                .filter(other -> !other.equals(absolute(source)))
                .toList());
    }

    /** As everything that is compared with a source is written. */
    static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private List<Path> configured() {
        return workspace.settings().documents().sources().stream()
                .map(workspace::resolve)
                .toList();
    }

    private List<Path> remembered() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank())
                            .map(Path::of)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read " + file + " (" + e + "): remove it and name the folders to ingest again.", e);
        }
    }

    private void write(List<Path> sources) {
        try {
            Files.createDirectories(file.getParent());
            var whole = Files.writeString(
                    file.resolveSibling("sources.new"),
                    String.join(
                            "", sources.stream().map(source -> source + "\n").toList()));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MendableException("Cannot write " + file + " (" + e + "): check free space and permissions.", e);
        }
    }
}
