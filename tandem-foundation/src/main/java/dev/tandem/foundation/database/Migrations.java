package dev.tandem.foundation.database;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * A schema's scripts as Flyway asks for them, which would otherwise search every jar of the class path.
 *
 * @param dialect makes the database's own script of one for SQLite
 */
record Migrations(SqliteFile.Schema schema, UnaryOperator<String> dialect) implements ResourceProvider {
    /**
     * Brings a database to the newest schema.
     *
     * @param place it as messages name it
     * @param more sets what is Flyway's only for this kind of database
     * @throws MendableException if it is of a newer Tandem
     */
    static void apply(
            DataSource source,
            SqliteFile.Schema schema,
            UnaryOperator<String> dialect,
            String place,
            UnaryOperator<FluentConfiguration> more) {
        var flyway = more.apply(Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(source)
                        .resourceProvider(new Migrations(schema, dialect))
                        .javaMigrationClassProvider(List::of)
                        // Left to itself it takes the first logging library that it finds on the class path, at work or
                        // not.
                        .loggers("slf4j"))
                .load();
        var info = flyway.info();
        var current = info.current();
        if (current != null
                && current.getVersion() != null
                && Integer.parseInt(current.getVersion().getVersion().split("\\.", -1)[0]) > schema.version()) {
            throw new MendableException(
                    "The " + schema.kept() + " in " + place + " were written by a newer Tandem (schema "
                            + current.getVersion() + ", this one knows up to " + schema.version()
                            + "): use that version, or move them away to begin anew.");
        }
        if (info.pending().length > 0) {
            flyway.migrate();
        }
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return schema.scripts().contains(name) ? new Script(this, name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return schema.scripts().stream()
                .filter(name -> name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                .map(name -> (LoadableResource) new Script(this, name))
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final Migrations migrations;
        private final String name;

        Script(Migrations migrations, String name) {
            this.migrations = migrations;
            this.name = name;
        }

        @Override
        public Reader read() {
            var beside = migrations.schema().beside();
            try (var in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
                return new StringReader(
                        migrations.dialect().apply(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
