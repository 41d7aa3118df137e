package dev.tandem.stores.remote;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageIndexConformance.Outage;
import dev.tandem.knowledge.index.TcpGateway;
import dev.tandem.models.http.Patience;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The server that a test class runs against: the real one that an environment variable names, else a double of its protocol. Every
 * request goes through a gateway, so that it can be taken away.
 */
final class StoreUnderTest implements AutoCloseable {
    private final Optional<ProtocolDouble> stand;
    private final TcpGateway gateway;
    private final Function<String, VectorDatabase> client;
    private final Set<String> opened = new ConcurrentSkipListSet<>();

    private StoreUnderTest(
            String variable, Supplier<ProtocolDouble> makeDouble, Function<String, VectorDatabase> client) {
        var named = System.getenv(variable);
        boolean real = named != null && !named.isBlank();
        stand = real ? Optional.empty() : Optional.of(makeDouble.get());
        var server = URI.create(real ? named : stand.orElseThrow().address());
        gateway = new TcpGateway(server.getHost(), server.getPort());
        this.client = client;
        System.out.println(variable + ": " + (real ? "a real server at " + named : "a double of the protocol"));
    }

    static StoreUnderTest qdrant() {
        return new StoreUnderTest(
                "TANDEM_TEST_QDRANT",
                QdrantDouble::new,
                address -> new Qdrant(RemoteStores.qdrant(address, Optional.empty(), Patience.NONE)));
    }

    static StoreUnderTest weaviate() {
        return new StoreUnderTest(
                "TANDEM_TEST_WEAVIATE",
                WeaviateDouble::new,
                address -> new Weaviate(RemoteStores.weaviate(address, Optional.empty(), Patience.NONE)));
    }

    /** Never a real one: Pinecone's service cannot be run elsewhere, and a test needs no network. */
    static StoreUnderTest pinecone() {
        return new StoreUnderTest(
                "TANDEM_TEST_PINECONE_IS_ALWAYS_A_DOUBLE",
                PineconeDouble::new,
                address -> new Pinecone(new PineconeIndexes(
                        RemoteStores.pinecone(address, Optional.of("test-key"), Patience.NONE),
                        "aws",
                        "us-east-1",
                        Duration.ofMillis(1))));
    }

    VectorDatabase database() {
        return client.apply("http://127.0.0.1:" + gateway.port());
    }

    /** The index for a folder. */
    PassageIndex open(Path folder) {
        var name = "t" + Commit.id(folder.toString()).substring(0, 8);
        opened.add(name);
        return new RemotePassageIndex(database(), name);
    }

    Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                gateway.cut();
            }

            @Override
            public void end() {
                gateway.mend();
            }
        });
    }

    /** Leaves a real server as it was. */
    @Override
    public void close() {
        if (stand.isEmpty()) {
            try (var database = database()) {
                for (var name : opened) {
                    for (int edition = 1; edition < 6; edition++) {
                        database.drop(PointCollection.documents(name, edition));
                        database.drop(PointCollection.passages(name, edition, 0));
                    }
                    database.drop(PointCollection.commits(name));
                }
            }
        }
        gateway.close();
        stand.ifPresent(ProtocolDouble::close);
    }
}
