package dev.tandem.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.stores.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredStoreTest {
    @TempDir
    Path folder;

    @Test
    void theSecretIsThatOfTheStoresOwnVariable() throws IOException {
        var workspace = workspace("""
                store:
                  provider: pgvector
                  url: jdbc:postgresql://db/kb
                  user: ann
                  name: mine
                """);
        var connection = ConfiguredStore.connection(
                workspace, StoreProvider.PGVECTOR, Optional.empty(), Map.of("PGPASSWORD", "sesame"));
        assertThat(connection.url()).isEqualTo("jdbc:postgresql://db/kb");
        assertThat(connection.user()).contains("ann");
        assertThat(connection.secret()).contains("sesame");
        assertThat(connection.name()).isEqualTo("mine");
        assertThat(connection.toString()).doesNotContain("sesame");
        assertThat(ConfiguredStore.connection(
                                workspace, StoreProvider.PGVECTOR, Optional.of("jdbc:postgresql://x/y"), Map.of())
                        .url())
                .isEqualTo("jdbc:postgresql://x/y");
    }

    @Test
    void aServerWithoutAnAddressIsSaid() throws IOException {
        var workspace = workspace("store: {provider: pgvector}\n");
        try (var open = new OpenWorkspace(workspace)) {
            assertThatThrownBy(open::status)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("store.url")
                    .hasMessageContaining("jdbc:postgresql://");
        }
    }

    @Test
    void aVariableThatIsNamedButNotSetIsSaid() throws IOException {
        var workspace = workspace(
                "store: {provider: pgvector, url: 'jdbc:postgresql://db/kb', api_key_variable: TANDEM_NO_SUCH_KEY}\n");
        assertThatThrownBy(() -> ConfiguredStore.connection(
                        workspace, StoreProvider.PGVECTOR, Optional.empty(), Map.of("PGPASSWORD", "other")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("TANDEM_NO_SUCH_KEY");
    }

    private Workspace workspace(String settings) throws IOException {
        Files.writeString(folder.resolve(Workspace.SETTINGS_FILE), settings);
        return Workspace.at(folder);
    }
}
