package dev.tandem.evaluation.store;

import dev.tandem.foundation.MendableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * The file that holds the runs, at the newest schema. Several processes may use it, one of them writes at a time and the others wait.
 *
 * <p>The journal is a rollback journal and {@code synchronous} is FULL: what was written outlives a kill and a power cut, at about 10 ms
 * an example. Measuring one takes ten times as long and may have cost money. Write-ahead logging would be faster, but leaves two more files
 * beside this one, and cannot be read from a medium that is read only.
 */
final class RunDatabase {
    private static final int WAIT_MILLIS = 10_000;

    private final Path file;
    private final Jdbi jdbi;

    /**
     * Opens the file, making it or bringing it to the newest schema if need be.
     *
     * @param mostPages how many pages of 4 kB it may have, 0 for any number
     */
    RunDatabase(Path file, int mostPages) {
        this.file = file;
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(WAIT_MILLIS);
        if (mostPages > 0) {
            config.setMaxPageCount(mostPages);
        }
        config.setReadOnly(Files.exists(file) && !Files.isWritable(file));
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        this.jdbi = Jdbi.create(source);
        call(() -> {
            migrate(source);
            return true;
        });
    }

    private void migrate(SQLiteDataSource source) {
        var flyway = Flyway.configure(RunDatabase.class.getClassLoader())
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
                && newest(current.getVersion().getVersion())) {
            throw new MendableException("The runs in " + file + " were written by a newer Tandem (schema "
                    + current.getVersion() + ", this one knows up to " + Migrations.version()
                    + "): use that version, or move the file away to begin a new one.");
        }
        if (info.pending().length > 0) {
            flyway.migrate();
        }
    }

    private static boolean newest(String version) {
        return Integer.parseInt(version.split("\\.", -1)[0]) > Migrations.version();
    }

    Jdbi jdbi() {
        return jdbi;
    }

    Path file() {
        return file;
    }

    /** Runs work on the file; what goes wrong with the file comes out as a sentence. */
    <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (MendableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw causes(e)
                    .filter(SQLiteException.class::isInstance)
                    .map(cause -> (RuntimeException) new MendableException(sentence((SQLiteException) cause), e))
                    .findFirst()
                    .orElse(e);
        }
    }

    private String sentence(SQLiteException cause) {
        // The lower byte is the kind of error, the others which of that kind.
        return switch (cause.getResultCode().code & 0xff) {
            case 26 -> file + " is no store of runs: move it away, so that a new one is made.";
            case 11 ->
                file + " is damaged (" + cause.getMessage() + "): put a copy of it back, or move it away, so that a"
                        + " new one is made.";
            case 13 ->
                "The disk is full, " + file + " cannot grow: free some space and run the command again; nothing that"
                        + " was measured before is lost.";
            case 8, 3 -> file + " may not be written to: give yourself the right to, or copy the workspace elsewhere.";
            case 14 -> "Cannot open " + file + ": check that its folder exists and that you may read and write there.";
            case 5, 6 ->
                file + " is in use by another process, for more than " + WAIT_MILLIS / 1000
                        + " seconds: wait for it to end and run the command again.";
            default ->
                "Cannot read or write " + file + " (" + cause.getMessage() + "): check the disk and run the command"
                        + " again.";
        };
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
