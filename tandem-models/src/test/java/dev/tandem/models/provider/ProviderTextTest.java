package dev.tandem.models.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderTextTest {
    /** Rewrites the page when run with -Dtandem.write.docs, which is how it is made. */
    @Test
    void thePageOfProvidersIsWhatTheTableSays() throws Exception {
        var page = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow()
                .resolve("docs/providers.md");
        if (System.getProperty("tandem.write.docs") != null) {
            Files.writeString(page, ProviderText.markdown());
        }
        assertThat(page).as("run with -Dtandem.write.docs to write it anew").hasContent(ProviderText.markdown());
    }

    @ParameterizedTest
    @EnumSource
    void aServiceHasAnAddressAndAKeyUnlessItIsOnesOwn(ModelProvider provider) {
        provider.baseUrl().ifPresent(url -> {
            var address = URI.create(url);
            boolean here = "localhost".equals(address.getHost());
            assertThat(address.getScheme()).isEqualTo(here ? "http" : "https");
            assertThat(provider.keyVariable().isPresent()).isEqualTo(!here);
        });
        assertThat(provider.chats() || provider.embeddings() != ModelProvider.Embeddings.NONE)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aKnownModelIsAtAProviderThatEmbedsAndFoundByItsName(KnownEmbedding known) {
        assertThat(known.provider().embeddings()).isNotEqualTo(ModelProvider.Embeddings.NONE);
        assertThat(KnownEmbedding.of(known.provider(), known.model())).contains(known);
        assertThat(known.dimension()).isBetween(64, 4096);
    }
}
