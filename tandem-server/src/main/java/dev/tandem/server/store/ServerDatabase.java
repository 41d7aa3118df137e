package dev.tandem.server.store;

import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * The file of a workspace that holds its jobs and what is known of uploads, at the newest schema. What was written outlives a kill
 * and a power cut. Safe for use by many threads and processes, one of which writes at a time.
 */
public final class ServerDatabase {
    /** In the workspace's folder: no ingest makes it anew. */
    public static final String FILE = "server.db";

    private static final int WAIT_MILLIS = 10_000;

    private final Path file;
    private final Jdbi jdbi;

    /**
     * Opens the file, making it or bringing it to the newest schema if need be.
     *
     * @throws MendableException if it is none, is damaged, is of a newer Tandem, or may not be written
     */
    public ServerDatabase(Path workspace) {
        this.file = workspace.resolve(FILE);
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(WAIT_MILLIS);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        this.jdbi = Jdbi.create(source);
        call(() -> {
            migrate(source);
            return true;
        });
    }

    private void migrate(SQLiteDataSource source) {
        var flyway = Flyway.configure(ServerDatabase.class.getClassLoader())
                .dataSource(source)
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(java.util.List::of)
                // Left to itself it takes the first logging library that it finds on the class path, at work or not.
                .loggers("slf4j")
                .load();
        var info = flyway.info();
        var current = info.current();
        if (current != null
                && current.getVersion() != null
                && current.getVersion().getMajor().intValue() > Migrations.version()) {
            throw new MendableException(file + " was written by a newer Tandem (schema " + current.getVersion()
                    + ", this one knows up to " + Migrations.version()
                    + "): use that version, or move the file away to begin a new one.");
        }
        if (info.pending().length > 0) {
            flyway.migrate();
        }
    }

    /** Reads or writes in one transaction, which is on the disk when this returns. */
    public <T> T with(Function<Handle, T> work) {
        return call(() -> jdbi.inTransaction(work::apply));
    }

    private <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (MendableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .limit(20)
                    .filter(SQLiteException.class::isInstance)
                    .map(cause -> (RuntimeException) new MendableException(sentence((SQLiteException) cause), e))
                    .findFirst()
                    .orElse(e);
        }
    }

    private String sentence(SQLiteException cause) {
        // The lower byte is the kind of error, the others which of that kind.
        return switch (cause.getResultCode().code & 0xff) {
            case 26, 11 ->
                file + " is damaged (" + cause.getMessage() + "): put a copy of it back, or move it away, so that a"
                        + " new one is made.";
            case 13 -> "The disk is full, " + file + " cannot grow: free some space and ask again.";
            case 8, 3, 14 -> file + " cannot be opened or written: check who may read and write there.";
            case 5, 6 ->
                file + " is in use by another process, for more than " + WAIT_MILLIS / 1000
                        + " seconds: wait for it to end and ask again.";
            default -> "Cannot read or write " + file + " (" + cause.getMessage() + "): check the disk.";
        };
    }
}
