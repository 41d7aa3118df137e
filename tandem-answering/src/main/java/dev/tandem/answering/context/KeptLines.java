package dev.tandem.answering.context;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Context lines in a file beside the index, so that each is asked for once: after a kill, and when other parts of a document
 * change. Each is on the disk before the next is asked for. Safe for use by many threads and processes.
 */
public final class KeptLines {
    private static final SqliteFile.Schema SCHEMA = new SqliteFile.Schema(
            "context lines", "run the ingest again", KeptLines.class, List.of("V1__context_lines.sql"));

    /** What is deleted is overwritten: lines tell what stood in documents that are gone. */
    private static final String ERASE = "pragma secure_delete = on";

    private final SqliteFile file;

    /** Opens the file, or makes it and its folder. */
    public KeptLines(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot make the folder of " + file + " (" + e.getMessage() + "): check that you may write there.",
                    e);
        }
        this.file = new SqliteFile(file, SCHEMA);
    }

    Optional<String> find(String key) {
        return file.call(() -> file.jdbi()
                .withHandle(handle -> handle.createQuery("select line from context_line where key = :key")
                        .bind("key", key)
                        .mapTo(String.class)
                        .findOne()));
    }

    void add(String key, String document, String line) {
        file.inTransaction(
                handle -> handle.execute("insert or replace into context_line values (?, ?, ?)", key, document, line));
    }

    /** Forgets a document's lines but for these. */
    void keepOnly(String document, Set<String> keys) {
        file.inTransaction(handle -> {
            handle.execute(ERASE);
            var old = handle.createQuery("select key from context_line where document = :document")
                    .bind("document", document)
                    .mapTo(String.class)
                    .list();
            old.stream()
                    .filter(key -> !keys.contains(key))
                    .forEach(key -> handle.execute("delete from context_line where key = ?", key));
            return old.size();
        });
    }

    /** Forgets the lines of all documents but these. */
    public void retain(Set<String> documents) {
        file.inTransaction(handle -> {
            handle.execute(ERASE);
            var old = handle.createQuery("select distinct document from context_line")
                    .mapTo(String.class)
                    .list();
            old.stream()
                    .filter(document -> !documents.contains(document))
                    .forEach(document -> handle.execute("delete from context_line where document = ?", document));
            return old.size();
        });
    }
}
