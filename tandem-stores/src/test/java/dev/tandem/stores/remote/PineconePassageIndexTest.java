package dev.tandem.stores.remote;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageIndexConformance;
import dev.tandem.knowledge.index.PassageSearchConformance;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Pinecone keeps and finds what every passage index must, as far as a double of its protocol can tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PineconePassageIndexTest {
    private final StoreUnderTest store = StoreUnderTest.pinecone();

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
