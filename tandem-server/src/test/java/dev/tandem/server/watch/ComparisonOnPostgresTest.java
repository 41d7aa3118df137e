package dev.tandem.server.watch;

import dev.tandem.foundation.database.DatabasePlace;
import dev.tandem.server.store.TestPostgres;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same at a real PostgreSQL. */
@EnabledIfEnvironmentVariable(named = TestPostgres.VARIABLE, matches = ".+", disabledReason = "no PostgreSQL is named")
class ComparisonOnPostgresTest extends ComparisonTest {
    private @Nullable TestPostgres postgres;

    @Override
    DatabasePlace place() {
        var opened = new TestPostgres(folder, "watch");
        postgres = opened;
        return opened.place();
    }

    @AfterEach
    void drop() {
        Objects.requireNonNull(postgres).close();
    }
}
