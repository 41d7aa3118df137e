package dev.tandem.server.openai;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.http.Multipart;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Files that came by OpenAI's API: their bytes in the workspace's folder {@code files}, each under its id, and what is known of them
 * in its database. What their senders call them never becomes a path. Safe for use by many threads.
 */
public final class UploadedFiles {
    private final Path folder;
    private final Path incoming;
    private final ServerDatabase database;

    /**
     * A file.
     *
     * @param name as its sender calls it
     * @param purpose as OpenAI has them: fine-tune, assistants...
     */
    public record Uploaded(String id, String name, String purpose, long bytes, Instant created) {}

    public UploadedFiles(Workspace workspace, ServerDatabase database) {
        this.folder = workspace.folder().resolve("files");
        this.incoming = workspace.stateFolder().resolve("uploads");
        this.database = database;
    }

    /** Where a form is while it comes in. */
    Path incoming() {
        return incoming;
    }

    /** A sent file under a new id, which is kept once {@link #add} is called. */
    Path receive(Multipart.Sent sent) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MendableException("Cannot make " + folder + " (" + e + "): check who may write there.", e);
        }
        var id = "file-" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        var file = folder.resolve(id + ".jsonl");
        sent.moveTo(file);
        return file;
    }

    /** Keeps a file that was received. */
    Uploaded add(Path file, String name, String purpose, Instant now) {
        var id = String.valueOf(file.getFileName()).replace(".jsonl", "");
        var uploaded = new Uploaded(id, name, purpose, bytes(file), now);
        database.with(handle -> handle.createUpdate("""
                        insert into uploaded_file (id, name, purpose, bytes, created)
                        values (:id, :name, :purpose, :bytes, :created)""")
                .bind("id", id)
                .bind("name", name)
                .bind("purpose", purpose)
                .bind("bytes", uploaded.bytes())
                .bind("created", now.toString())
                .execute());
        return uploaded;
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + " (" + e + "): check the disk.", e);
        }
    }

    /** Gives up a file that was received. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new MendableException("Cannot delete " + file + " (" + e + "): check who may write there.", e);
        }
    }

    /** All, or those of a purpose; the newest first. */
    List<Uploaded> list(Optional<String> purpose, Optional<String> after, int limit) {
        return database.with(handle -> handle.createQuery("""
                        select * from uploaded_file where purpose = coalesce(:purpose, purpose)
                        and number < coalesce((select number from uploaded_file where id = :after), 9223372036854775807)
                        order by number desc limit :limit""")
                .bind("purpose", purpose)
                .bind("after", after)
                .bind("limit", limit)
                .map(UploadedFiles::uploaded)
                .list());
    }

    /** A file by its id. */
    Optional<Uploaded> find(String id) {
        return database.with(handle -> handle.createQuery("select * from uploaded_file where id = :id")
                .bind("id", id)
                .map(UploadedFiles::uploaded)
                .findOne());
    }

    /** Where a file's bytes are. */
    Path path(Uploaded file) {
        return folder.resolve(file.id() + ".jsonl");
    }

    void delete(Uploaded file) {
        database.with(handle -> handle.createUpdate("delete from uploaded_file where id = :id")
                .bind("id", file.id())
                .execute());
        discard(path(file));
    }

    private static Uploaded uploaded(ResultSet row, StatementContext context) throws SQLException {
        return new Uploaded(
                row.getString("id"),
                row.getString("name"),
                row.getString("purpose"),
                row.getLong("bytes"),
                Instant.parse(row.getString("created")));
    }
}
