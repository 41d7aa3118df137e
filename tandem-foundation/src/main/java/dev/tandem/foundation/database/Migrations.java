package dev.tandem.foundation.database;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** A schema's scripts as Flyway asks for them, which would otherwise search every jar of the class path. */
record Migrations(SqliteFile.Schema schema) implements ResourceProvider {

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return schema.scripts().contains(name) ? new Script(schema.beside(), name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return schema.scripts().stream()
                .filter(name -> name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                .map(name -> (LoadableResource) new Script(schema.beside(), name))
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final Class<?> beside;
        private final String name;

        Script(Class<?> beside, String name) {
            this.beside = beside;
            this.name = name;
        }

        @Override
        public Reader read() {
            return new InputStreamReader(
                    Objects.requireNonNull(beside.getResourceAsStream(name), name), StandardCharsets.UTF_8);
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
