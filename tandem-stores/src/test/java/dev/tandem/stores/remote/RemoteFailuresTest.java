package dev.tandem.stores.remote;

import static dev.tandem.knowledge.index.PassageIndexConformance.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.Generated;
import dev.tandem.models.http.Patience;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteFailuresTest {
    private final QdrantDouble server = new QdrantDouble();

    @AfterEach
    void stop() {
        server.close();
    }

    private VectorDatabase database(Optional<String> key) {
        return new Qdrant(RemoteStores.qdrant(server.address(), key, Patience.NONE));
    }

    private RemotePassageIndex index(String name) {
        return new RemotePassageIndex(database(Optional.empty()), name);
    }

    @Test
    void aWrongKeySaysWhereTheRightOneGoesAndIsNeverShown() {
        server.key = "the-right-key";
        try (var index = new RemotePassageIndex(database(Optional.of("a-wrong-key")), "shop")) {
            assertThatThrownBy(index::snapshot)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("QDRANT_API_KEY")
                    .hasMessageNotContaining("a-wrong-key");
        }
        try (var index = new RemotePassageIndex(database(Optional.of("the-right-key")), "shop")) {
            commit(index, Generated.same("a.md"));
        }
    }

    @Test
    void aCollectionOfSomethingElseIsNotWrittenTo() {
        server.made.put(
                "shop-commits", Records.JSON.valueToTree(java.util.Map.of("vectors", java.util.Map.of("size", 4))));
        try (var index = index("shop")) {
            assertThatThrownBy(index::write)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("shop-commits")
                    .hasMessageContaining("store.name");
        }
    }

    @Test
    void aNameThatNoServerTakesIsRefused() {
        assertThatThrownBy(() -> index("My Shop"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("small letters");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThatThrownBy(() -> RemoteStores.qdrant("localhost", Optional.empty(), "shop"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("store.url");
    }

    @Test
    void whatAKilledWriteLeftIsSeenByNobodyAndGoneWithTheNextWrite() {
        try (var index = index("shop")) {
            commit(index, Generated.same("a.md"), Generated.same("b.md"));
            var killed = index.write();
            for (int i = 0; i < 300; i++) {
                var entry = Generated.same("left" + i);
                killed.replace(entry.document(), entry.passages());
            }
            for (int i = 0; i < 300; i++) {
                killed.delete("a.md");
                killed.delete("left" + i);
            }
            // The process that held it is gone: no process has this number.
            database(Optional.empty())
                    .put(
                            PointCollection.commits("shop"),
                            List.of(Point.record(
                                    Commit.id("lease"),
                                    "lease",
                                    0,
                                    "{\"token\":\"killed\",\"host\":\"elsewhere\",\"process\":1,\"until\":0}")));
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).hasSize(2);
                assertThat(snapshot.searchWords("rope", 10, new Filter.All())).hasSize(2);
            }
            commit(index, Generated.same("c.md"));
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .extracting(document -> document.path())
                        .containsExactly("a.md", "b.md", "c.md");
                assertThat(snapshot.searchWords("rope", 10, new Filter.All())).hasSize(3);
            }
            assertThat(server.points("shop-passages-1")).hasSize(3);
        }
    }
}
