package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageIndexConformance;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = TestServer.IS_THERE, disabledReason = TestServer.NONE)
class PostgresPassageIndexTest extends PassageIndexConformance {
    private final TestServer server = new TestServer();

    @Override
    protected PassageIndex open(Path place) {
        return server.open(place);
    }

    @Override
    protected Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                server.gateway().cut();
            }

            @Override
            public void end() {
                server.gateway().mend();
            }
        });
    }

    @AfterEach
    void drop() {
        server.close();
    }
}
