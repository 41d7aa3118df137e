package dev.tandem.server.store;

import dev.tandem.foundation.database.DatabasePlace.PostgresPlace;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** A schema at the server that the environment variable {@value #VARIABLE} names (docs/stores.md), gone in the end. */
public final class TestPostgres implements AutoCloseable {
    public static final String VARIABLE = "TANDEM_TEST_POSTGRES";

    private final PostgresPlace place;

    /** @param folder the test's own, by which the schema is named */
    public TestPostgres(Path folder, String what) {
        this.place = new PostgresPlace(
                Objects.requireNonNull(System.getenv(VARIABLE), VARIABLE),
                Optional.empty(),
                Optional.ofNullable(System.getenv("PGPASSWORD")),
                "test-" + Integer.toHexString(folder.toString().hashCode()) + "_" + what);
    }

    public PostgresPlace place() {
        return place;
    }

    @Override
    public void close() {
        try (var connection = DriverManager.getConnection(
                        place.url(), null, place.password().orElse(null));
                var statement = connection.createStatement()) {
            statement.execute("drop schema if exists \"" + place.schema() + "\" cascade");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
