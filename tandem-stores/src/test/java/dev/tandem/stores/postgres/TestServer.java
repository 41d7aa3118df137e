package dev.tandem.stores.postgres;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.TcpGateway;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The real server that the environment variable {@code TANDEM_TEST_POSTGRES} names, like
 * {@code jdbc:postgresql://localhost:5432/tandem?user=postgres}; see docs/stores.md for how to get one.
 */
final class TestServer implements AutoCloseable {
    static final String VARIABLE = "TANDEM_TEST_POSTGRES";

    private final String url = address();
    private final TcpGateway gateway;
    private final Set<String> schemas = new HashSet<>();

    TestServer() {
        var address = URI.create(url.substring("jdbc:".length()));
        this.gateway = new TcpGateway(address.getHost(), address.getPort() < 0 ? 5432 : address.getPort());
    }

    /** As the environment names it. */
    static String address() {
        return Objects.requireNonNull(System.getenv(VARIABLE), VARIABLE);
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
        var schema = "test_" + Integer.toHexString(folder.toString().hashCode());
        schemas.add(schema);
        return PostgresPassageIndex.open(url(), Optional.empty(), password(), schema);
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
