package dev.tandem.stores.remote;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageIndexConformance;
import dev.tandem.knowledge.index.PassageSearchConformance;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Qdrant keeps and finds what every passage index must. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QdrantPassageIndexTest {
    private final StoreUnderTest store = StoreUnderTest.qdrant();

    @AfterAll
    void leave() {
        store.close();
    }

    @Nested
    class Keeping extends PassageIndexConformance {
        @Override
        protected PassageIndex open(Path place) {
            return store.open(place);
        }

        @Override
        protected Optional<Outage> outage() {
            return store.outage();
        }
    }

    @Nested
    class Finding extends PassageSearchConformance {
        @Override
        protected PassageIndex open(Path place) {
            return store.open(place);
        }
    }
}
