package dev.tandem.workspace.compare;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ModelSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A workspace's documents in a temporary folder, with a workspace of their own there that has the same settings. Removed when it is
 * closed; the user's files are only read.
 *
 * @param folder of all of it
 * @param sources the folders with the copies
 * @param texts the content of the documents that are plain text files, by their path in the workspace
 * @param files the copies of those
 */
record DocumentsCopy(
        Path folder, Workspace workspace, List<Path> sources, Map<String, String> texts, Map<String, Path> files)
        implements AutoCloseable {
    /** More would take longer than a comparison should. */
    static final int MOST_DOCUMENTS = 2_000;

    static final long MOST_BYTES = 200L << 20;

    private static final Set<String> TEXTS = Set.of("md", "markdown", "txt", "html", "htm", "rst", "adoc", "org");

    /**
     * Copies.
     *
     * @param documents as the index records them
     * @throws MendableException if a file cannot be read, or the temporary folder not be written to
     */
    static DocumentsCopy of(Workspace original, List<IndexedDocument> documents) {
        Path folder;
        try {
            folder = Files.createTempDirectory("tandem-fresh-fact-");
        } catch (IOException e) {
            throw unwritable(e);
        }
        try {
            var sources = new LinkedHashMap<String, Path>();
            var texts = new LinkedHashMap<String, String>();
            var files = new LinkedHashMap<String, Path>();
            for (var document : documents) {
                var source = sources.computeIfAbsent(
                        document.source(), any -> folder.resolve("documents").resolve("" + sources.size()));
                var from = Path.of(document.source());
                var file = Files.isDirectory(from) ? from.resolve(document.path()) : from;
                if (Files.isRegularFile(file)) {
                    var copy = source.resolve(document.path());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                    if (TEXTS.contains(ending(file))) {
                        text(copy, document.path(), texts, files);
                    }
                }
            }
            return new DocumentsCopy(
                    folder,
                    workspace(original, folder.resolve("workspace")),
                    new ArrayList<>(sources.values()),
                    texts,
                    files);
        } catch (IOException e) {
            remove(folder);
            throw unwritable(e);
        }
    }

    private static void text(Path copy, String path, Map<String, String> texts, Map<String, Path> files)
            throws IOException {
        try {
            texts.put(path, Files.readString(copy));
            files.put(path, copy);
        } catch (CharacterCodingException e) {
            // In another encoding it cannot be edited as text; it is a document all the same.
        }
    }

    private static String ending(Path file) {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The same settings, with every path as it is from the original's folder. */
    private static Workspace workspace(Workspace original, Path folder) throws IOException {
        Files.createDirectories(folder);
        var settings = original.settings();
        var prompt = settings.answer().promptFile();
        if (prompt.isPresent() && !Path.of(prompt.get()).isAbsolute()) {
            var copy = folder.resolve(prompt.get());
            Files.createDirectories(copy.getParent());
            Files.copy(original.folder().resolve(prompt.get()), copy);
        }
        var model = settings.model();
        return new Workspace(
                folder,
                model.provider() == ModelSettings.Provider.IN_PROCESS
                        ? settings.withModel(model.withModel(
                                model.name().map(name -> original.resolve(name).toString()),
                                model.adapter()
                                        .map(name -> original.resolve(name).toString())))
                        : settings);
    }

    OpenWorkspace open() {
        return new OpenWorkspace(workspace);
    }

    /** Whether a text stands in any document. */
    boolean holds(String text) {
        return texts.values().stream().anyMatch(document -> document.contains(text));
    }

    /** Puts one text in place of another, everywhere in a document. */
    void replace(String document, String before, String after) {
        try {
            var file = files.get(document);
            var text = texts.get(document);
            if (file == null || text == null) {
                throw new IllegalArgumentException("No text of " + document);
            }
            Files.writeString(file, text.replace(before, after));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static MendableException unwritable(IOException e) {
        return new MendableException(
                "The documents cannot be copied to a temporary folder (" + e + "): free some space, or leave the test"
                        + " with a fresh fact out with --no-fresh-fact.",
                e);
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It lies where the system clears up.
        }
    }

    @Override
    public void close() {
        remove(folder);
    }
}
