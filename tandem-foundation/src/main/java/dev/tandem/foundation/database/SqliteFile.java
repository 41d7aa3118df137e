package dev.tandem.foundation.database;

import dev.tandem.foundation.MendableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * A file of tables, at the newest schema. Several threads and processes may use it, one of them writes at a time and the others wait.
 *
 * <p>The journal is a rollback journal and {@code synchronous} is FULL: what was written outlives a kill and a power cut, at about 10 ms
 * a transaction. Write-ahead logging would be faster, but leaves two more files beside this one, and cannot be read from a medium that is
 * read only.
 */
public final class SqliteFile implements Database {
    private static final int WAIT_MILLIS = 10_000;

    private final Path file;
    private final Schema schema;
    private final Jdbi jdbi;

    /**
     * What is in it.
     *
     * @param kept in a word, as messages name it: runs
     * @param again what to do when a failure is mended: run the command again
     * @param beside the class beside whose resources the scripts lie
     * @param scripts V1__name.sql and so on, for SQLite: each makes a version of the schema from the one before; never changed once it was released
     */
    public record Schema(String kept, String again, Class<?> beside, List<String> scripts) {
        public Schema {
            scripts = List.copyOf(scripts);
        }

        int version() {
            return Integer.parseInt(scripts.getLast().replaceFirst("V(\\d+)__.*", "$1"));
        }
    }

    /**
     * Opens the file, making it or bringing it to the newest schema if need be.
     *
     * @throws MendableException if it is no such file, is damaged, is of a newer Tandem, or cannot be used
     */
    public SqliteFile(Path file, Schema schema) {
        this(file, schema, 0);
    }

    /**
     * The same with a limit, as on a disk that is nearly full.
     *
     * @param mostPages how many pages of 4 kB it may have, 0 for any number
     */
    public SqliteFile(Path file, Schema schema, int mostPages) {
        this.file = file;
        this.schema = schema;
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
            Migrations.apply(source, schema, script -> script, file.toString(), flyway -> flyway);
            return true;
        });
    }

    @Override
    public Jdbi jdbi() {
        return jdbi;
    }

    public Path file() {
        return file;
    }

    @Override
    public <T> T inTransaction(Function<Handle, T> work) {
        return call(() -> jdbi.inTransaction(work::apply));
    }

    @Override
    public void overwriteDeleted(Handle transaction) {
        // Without it the text stays in the file's free pages.
        transaction.execute("pragma secure_delete = on");
    }

    @Override
    public <T> T call(Supplier<T> work) {
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
            case 26 -> file + " is no store of " + schema.kept() + ": move it away, so that a new one is made.";
            case 11 ->
                file + " is damaged (" + cause.getMessage() + "): put a copy of it back, or move it away, so that a"
                        + " new one is made.";
            case 13 ->
                "The disk is full, " + file + " cannot grow: free some space and " + schema.again()
                        + "; nothing that was written before is lost.";
            case 8, 3 -> file + " may not be written to: give yourself the right to, or copy the workspace elsewhere.";
            case 14 -> "Cannot open " + file + ": check that its folder exists and that you may read and write there.";
            case 5, 6 ->
                file + " is in use by another process, for more than " + WAIT_MILLIS / 1000
                        + " seconds: wait for it to end and " + schema.again() + ".";
            default ->
                "Cannot read or write " + file + " (" + cause.getMessage() + "): check the disk and " + schema.again()
                        + ".";
        };
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
