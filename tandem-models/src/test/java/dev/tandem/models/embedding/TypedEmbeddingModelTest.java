package dev.tandem.models.embedding;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.tandem.foundation.MendableException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocols as the services' documentation shows them; no service was asked. */
class TypedEmbeddingModelTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static TextEncoder encoder(String path, boolean cohere, String document, String query) {
        var endpoint = new TypedEmbeddingModel.Endpoint(
                SERVER.baseUrl() + path, "some-model", "secret-key", cohere, Duration.ofSeconds(5));
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new EmbeddingModelEncoder(
                new TypedEmbeddingModel(client, endpoint, document),
                new TypedEmbeddingModel(client, endpoint, query),
                new EmbeddingModelEncoder.Options("some-model", 2, 512, 2, "", ""),
                String::length);
    }

    @Test
    void voyageIsToldQuestionsFromPassages() {
        SERVER.stubFor(post("/embeddings")
                .willReturn(okJson(
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"embedding\":[3,4],\"index\":0}],"
                                + "\"model\":\"voyage-3.5\",\"usage\":{\"total_tokens\":2}}")));
        var encoder = encoder("/embeddings", false, "document", "query");

        assertThat(encoder.encodeQuestion("where?").vector()).containsExactly(0.6f, 0.8f);
        assertThat(encoder.encodePassages(List.of("here"))).hasSize(1);
        SERVER.verify(postRequestedFor(urlEqualTo("/embeddings"))
                .withHeader("Authorization", equalTo("Bearer secret-key"))
                .withRequestBody(
                        equalToJson("{\"model\":\"some-model\",\"input_type\":\"query\",\"input\":[\"where?\"]}")));
        SERVER.verify(postRequestedFor(urlEqualTo("/embeddings"))
                .withRequestBody(
                        equalToJson("{\"model\":\"some-model\",\"input_type\":\"document\",\"input\":[\"here\"]}")));
    }

    @Test
    void cohereHasAProtocolOfItsOwn() {
        SERVER.stubFor(post("/v2/embed")
                .willReturn(okJson("{\"id\":\"1\",\"embeddings\":{\"float\":[[1,0],[0,1]]},\"texts\":[\"a\",\"b\"]}")));
        var encoder = encoder("/v2/embed", true, "search_document", "search_query");

        assertThat(encoder.encodePassages(List.of("a", "b")))
                .extracting(Encoding::vector)
                .containsExactly(new float[] {1, 0}, new float[] {0, 1});
        SERVER.verify(postRequestedFor(urlEqualTo("/v2/embed"))
                .withRequestBody(equalToJson("{\"model\":\"some-model\",\"input_type\":\"search_document\","
                        + "\"texts\":[\"a\",\"b\"],\"embedding_types\":[\"float\"]}")));
    }

    @Test
    void refusalsSayWhatToMendAndNeverTheKey() {
        var encoder = encoder("/refused", false, "document", "query");
        for (var refusal : List.of(
                new Refusal(401, "embedding.api_key_variable"),
                new Refusal(404, "embedding.model"),
                new Refusal(429, "rate limit"),
                new Refusal(500, "HTTP 500"))) {
            SERVER.stubFor(post("/refused").willReturn(aResponse().withStatus(refusal.status)));
            assertThatThrownBy(() -> encoder.encodeQuestion("where?"))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining(refusal.said)
                    .hasMessageNotContaining("secret-key");
        }
        SERVER.stubFor(post("/refused").willReturn(aResponse().withBody("<html>")));
        assertThatThrownBy(() -> encoder.encodeQuestion("where?"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("no JSON");
    }

    private record Refusal(int status, String said) {}
}
