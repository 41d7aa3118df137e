package dev.tandem.stores.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What is wrong with a server or its settings is said, with what to do. */
class PostgresMendsTest {
    @Test
    void aServerThatIsNotThereIsNamedWithItsAddress() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var index = open("jdbc:postgresql://127.0.0.1:" + free + "/tandem", "tandem")) {
            assertThatThrownBy(index::snapshot)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("cannot be reached")
                    .hasMessageContaining("127.0.0.1:" + free)
                    .hasMessageContaining("store.url");
            assertThatThrownBy(index::write).isInstanceOf(MendableException.class);
            assertThatThrownBy(index::writeAnew).isInstanceOf(MendableException.class);
        }
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> open("jdbc:postgresql://db/tandem?user=a&password=sesame", "tandem"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("PGPASSWORD")
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> open("postgresql://a:sesame@db/tandem", "tandem"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("jdbc:postgresql://")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aNameThatIsNoSchemaIsRefused() {
        assertThatThrownBy(() -> open("jdbc:postgresql://db/tandem", "a\"; drop schema public; --"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("store.name");
    }

    @Test
    @EnabledIf(value = TestServer.IS_THERE, disabledReason = TestServer.NONE)
    void aDatabaseThatIsNotThereIsSaid() {
        var url = TestServer.address().replaceFirst("(//[^/]*/)[^?]*", "$1no_such_database");
        try (var index = PostgresPassageIndex.open(url, Optional.empty(), TestServer.password(), "tandem")) {
            assertThatThrownBy(index::snapshot)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("create the database");
        }
    }

    @Test
    @EnabledIf(value = TestServer.IS_THERE, disabledReason = TestServer.NONE)
    void aUserWhoMayMakeNothingIsToldWhatToAskFor() throws SQLException {
        var url = TestServer.address();
        try (var connections = new Connections(url, Optional.empty(), TestServer.password());
                var administrator = connections.open()) {
            administrator.setAutoCommit(false);
            Sql.of(Tables.TAKE_TURNS).first(administrator, row -> true);
            Sql.of("create extension if not exists vector").run(administrator);
            administrator.commit();
            administrator.setAutoCommit(true);
            Sql.of("create role tandem_test_reader login").run(administrator);
            try (var index = PostgresPassageIndex.open(
                    url.replaceFirst("[?].*", ""), Optional.of("tandem_test_reader"), Optional.empty(), "forbidden")) {
                assertThatThrownBy(index::write)
                        .isInstanceOf(MendableException.class)
                        .hasMessageContaining("does not allow")
                        .hasMessageContaining("grant");
            } finally {
                Sql.of("drop role tandem_test_reader").run(administrator);
            }
        }
    }

    private static PostgresPassageIndex open(String url, String name) {
        return PostgresPassageIndex.open(url, Optional.empty(), Optional.empty(), name);
    }
}
