package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageSearchConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = TestServer.IS_THERE, disabledReason = TestServer.NONE)
class PostgresPassageSearchTest extends PassageSearchConformance {
    private final TestServer server = new TestServer();

    @Override
    protected PassageIndex open(Path place) {
        return server.open(place);
    }

    @AfterEach
    void drop() {
        server.close();
    }
}
