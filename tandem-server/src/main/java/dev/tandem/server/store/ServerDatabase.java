package dev.tandem.server.store;

import dev.tandem.foundation.database.SqliteFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The file of a workspace that holds its jobs, what is known of uploads, answers, what people thought of them and how they do. Safe for use by many
 * threads and processes.
 */
public final class ServerDatabase {
    /** In the workspace's folder: no ingest makes it anew. */
    public static final String FILE = "server.db";

    private static final SqliteFile.Schema SCHEMA = new SqliteFile.Schema(
            "jobs and feedback",
            "ask again",
            ServerDatabase.class,
            List.of("V1__server.sql", "V2__feedback.sql", "V3__monitoring.sql"));

    private final SqliteFile file;

    /** Opens it, or makes it; fails as {@link SqliteFile} does. */
    public ServerDatabase(Path workspace) {
        this.file = new SqliteFile(workspace.resolve(FILE), SCHEMA);
    }

    /** Reads or writes in one transaction, which is on the disk when this returns. */
    public <T> T with(Function<Handle, T> work) {
        return file.inTransaction(work);
    }
}
