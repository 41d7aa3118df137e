package dev.tandem.server.store;

import dev.tandem.foundation.database.Database;
import dev.tandem.foundation.database.DatabasePlace;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.foundation.database.SqliteFile;
import dev.tandem.workspace.Workspace;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What a workspace's server keeps: in the folder its jobs and what is known of uploads; there or in a schema of PostgreSQL answers, what
 * people thought of them and how they do. Safe for use by many threads and processes.
 */
public final class ServerDatabase {
    /** In the workspace's folder: no ingest makes it anew. */
    public static final String FILE = Workspace.SERVER_FILE;

    private static final SqliteFile.Schema SCHEMA = new SqliteFile.Schema(
            "jobs and feedback",
            "ask again",
            ServerDatabase.class,
            List.of("V1__server.sql", "V2__feedback.sql", "V3__monitoring.sql"));

    /** Without the jobs: those work on files of the folder, for the server that has it. */
    private static final SqliteFile.Schema WITHOUT_JOBS = new SqliteFile.Schema(
            "feedback", "ask again", ServerDatabase.class, List.of("V2__feedback.sql", "V3__monitoring.sql"));

    private final Database database;

    private ServerDatabase(Database database) {
        this.database = database;
    }

    /** Opens what holds jobs and uploads, or makes it; fails as the database does. */
    public static ServerDatabase jobs(Workspace workspace) {
        return at(new SqlitePlace(workspace.folder().resolve(FILE)));
    }

    /** Opens what holds answers, feedback and what was watched, or makes it: the same file unless the settings name a server. */
    public static ServerDatabase feedback(Workspace workspace) {
        return at(workspace.feedbackPlace());
    }

    /**
     * Every place that holds feedback: where the settings have it, and the file in the folder, which keeps what it held when they are
     * changed. None is made.
     */
    public static List<ServerDatabase> allFeedback(Workspace workspace) {
        return Stream.of(
                        workspace.feedbackPlace(),
                        new SqlitePlace(workspace.folder().resolve(FILE)))
                .distinct()
                .filter(place -> !(place instanceof SqlitePlace(var file)) || Files.exists(file))
                .map(ServerDatabase::at)
                .toList();
    }

    /** Opens what lies in a place: a file has all tables. */
    public static ServerDatabase at(DatabasePlace place) {
        return new ServerDatabase(place.open(place instanceof SqlitePlace ? SCHEMA : WITHOUT_JOBS));
    }

    /** Reads or writes in one transaction, which is on the disk when this returns. */
    public <T> T with(Function<Handle, T> work) {
        return database.inTransaction(work);
    }

    /** Has what is deleted in this transaction overwritten, where that is ours to ask for. */
    public void overwriteDeleted(Handle transaction) {
        database.overwriteDeleted(transaction);
    }
}
