package dev.tandem.models.rerank;

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
import dev.langchain4j.data.segment.TextSegment;
import dev.tandem.foundation.MendableException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocols as the services' documentation shows them; no service was asked. */
class RemoteRerankerTest {
    private static final List<TextSegment> PASSAGES = List.of(TextSegment.from("north"), TextSegment.from("south"));

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static RemoteReranker reranker(String path) {
        return new RemoteReranker(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                new RemoteReranker.Endpoint(
                        SERVER.baseUrl() + path, "rerank-v3.5", Optional.of("secret-key"), Duration.ofSeconds(5)));
    }

    @Test
    void coheresReplyComesInTheOrderOfRelevance() {
        SERVER.stubFor(post("/v2/rerank")
                .willReturn(okJson("{\"results\":[{\"index\":1,\"relevance_score\":0.9},"
                        + "{\"index\":0,\"relevance_score\":0.1}],\"id\":\"1\",\"meta\":{}}")));
        assertThat(reranker("/v2/rerank").scoreAll(PASSAGES, "where is south?").content())
                .containsExactly(0.1, 0.9);
        SERVER.verify(postRequestedFor(urlEqualTo("/v2/rerank"))
                .withHeader("Authorization", equalTo("Bearer secret-key"))
                .withRequestBody(equalToJson("{\"model\":\"rerank-v3.5\",\"query\":\"where is south?\","
                        + "\"documents\":[\"north\",\"south\"]}")));
    }

    @Test
    void voyagesReplyHasDataInPlaceOfResults() {
        SERVER.stubFor(post("/v1/rerank")
                .willReturn(okJson("{\"object\":\"list\",\"data\":[{\"relevance_score\":0.4,\"index\":0},"
                        + "{\"relevance_score\":0.2,\"index\":1}],\"model\":\"rerank-2.5\"}")));
        assertThat(reranker("/v1/rerank").scoreAll(PASSAGES, "where?").content())
                .containsExactly(0.4, 0.2);
    }

    @Test
    void refusalsSayWhatToMendAndNeverTheKey() {
        for (var refusal : List.of(
                List.of("401", "rerank.api_key_variable"),
                List.of("404", "rerank.model"),
                List.of("429", "rerank.candidates"),
                List.of("400", "HTTP 400"))) {
            SERVER.stubFor(post("/refused")
                    .willReturn(aResponse()
                            .withStatus(Integer.parseInt(refusal.get(0)))
                            .withBody("no")));
            assertThatThrownBy(() -> reranker("/refused").scoreAll(PASSAGES, "?"))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining(refusal.get(1))
                    .hasMessageNotContaining("secret-key");
        }
    }

    @Test
    void aReplyThatLeavesAPassageOutIsNoOrder() {
        SERVER.stubFor(post("/half")
                .willReturn(okJson(
                        "{\"results\":[{\"index\":1,\"relevance_score\":0.9},{\"index\":7,\"relevance_score\":1}]}")));
        assertThatThrownBy(() -> reranker("/half").scoreAll(PASSAGES, "?"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("every passage");
        SERVER.stubFor(post("/html").willReturn(aResponse().withBody("<html>")));
        assertThatThrownBy(() -> reranker("/html").scoreAll(PASSAGES, "?"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("no JSON");
    }
}
