package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.TcpGateway;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real server: the one that the environment variable {@code TANDEM_TEST_POSTGRES} names, like
 * {@code jdbc:postgresql://localhost:5432/tandem?user=postgres}, else a container where Docker answers; see docs/stores.md for how to get
 * one. Tests that need it are skipped where there is neither.
 */
final class TestServer implements AutoCloseable {
    static final String VARIABLE = "TANDEM_TEST_POSTGRES";

    /** The condition of tests that need it, and why they are skipped. */
    static final String IS_THERE = "dev.tandem.stores.postgres.TestServer#isThere";

    static final String NONE = "no server: " + VARIABLE + " names none, and Docker does not answer";

    private final String url = address();
    private final TcpGateway gateway;
    private final Set<String> schemas = new HashSet<>();

    TestServer() {
        var address = URI.create(url.substring("jdbc:".length()));
        this.gateway = new TcpGateway(address.getHost(), address.getPort() < 0 ? 5432 : address.getPort());
    }

    /** As the environment names it, or the container's, which ends with this process. */
    static String address() {
        var named = System.getenv(VARIABLE);
        return named == null ? Container.ADDRESS : named;
    }

    /** Whether there is one. */
    static boolean isThere() {
        return System.getenv(VARIABLE) != null || Docker.ANSWERS;
    }

    /** Asked once, and only where no server is named. */
    private static final class Docker {
        private static final boolean ANSWERS = DockerClientFactory.instance().isDockerAvailable();
    }

    /** Started once, for the first test that needs it. */
    private static final class Container {
        private static final int PORT = 5432;
        private static final String ADDRESS = start();

        private static String start() {
            @SuppressWarnings("resource") // Testcontainers removes it when this process has ended.
            var container = new GenericContainer<>("pgvector/pgvector:pg17")
                    .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                    .withEnv("POSTGRES_DB", "tandem")
                    .withExposedPorts(PORT)
                    // Its first start only makes the database.
                    .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));
            container.start();
            return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT)
                    + "/tandem?user=postgres";
        }
    }

    /** The address, through a way that can be cut. */
    String url() {
        return url.replaceFirst("//[^/]*/", "//127.0.0.1:" + gateway.port() + "/");
    }

    TcpGateway gateway() {
        return gateway;
    }

    static Optional<String> password() {
        return Optional.ofNullable(System.getenv("PGPASSWORD"));
    }

    /** The index of a folder, in a schema of its name. */
    PassageIndex open(Path folder) {
        var schema = schema(folder);
        schemas.add(schema);
        return PostgresPassageIndex.open(url(), Optional.empty(), password(), schema);
    }

    String schema(Path folder) {
        return "test_" + Integer.toHexString(folder.toString().hashCode());
    }

    @Override
    public void close() {
        try (var connections = new Connections(url, Optional.empty(), password());
                var connection = connections.open()) {
            for (var schema : schemas) {
                Sql.of("drop schema if exists \"" + schema + "\" cascade").run(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        gateway.close();
    }
}
