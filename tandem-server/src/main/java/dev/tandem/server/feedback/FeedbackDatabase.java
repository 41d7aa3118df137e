package dev.tandem.server.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.foundation.MendableException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * The tables of feedback in the server's {@code server.db}, which others have tables in as well: hence a history of its own. What was
 * written outlives a kill and a power cut.
 */
final class FeedbackDatabase {
    private static final int WAIT_MILLIS = 10_000;
    private static final List<String> SCRIPTS = List.of("V1__feedback.sql");

    private final Path file;
    private final Jdbi jdbi;

    FeedbackDatabase(Path file) {
        this.file = file;
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(WAIT_MILLIS);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        this.jdbi = Jdbi.create(source);
        named(() -> Flyway.configure(FeedbackDatabase.class.getClassLoader())
                .dataSource(source)
                .table("feedback_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(new Scripts())
                .javaMigrationClassProvider(List::of)
                // Left to itself it takes the first logging library that it finds.
                .loggers("slf4j")
                .load()
                .migrate());
    }

    /** Works on the file; what goes wrong with the file comes out as a sentence. */
    <T> T with(Function<Handle, T> work) {
        return named(() -> jdbi.inTransaction(work::apply));
    }

    private <T> T named(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .limit(20)
                    .filter(SQLiteException.class::isInstance)
                    .findFirst()
                    .<RuntimeException>map(cause -> new MendableException(
                            "Cannot read or write " + file + " (" + cause.getMessage()
                                    + "): check the disk, that you may write there, and that no other program holds it.",
                            e))
                    .orElse(e);
        }
    }

    /** The scripts by name, because Flyway would otherwise search every jar for them. */
    private static final class Scripts implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return SCRIPTS.contains(name) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return SCRIPTS.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                    .map(name -> (LoadableResource) new Script(name))
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            return new InputStreamReader(
                    Objects.requireNonNull(FeedbackDatabase.class.getResourceAsStream(name), name), UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
