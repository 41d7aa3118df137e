package dev.tandem.evaluation.gate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateWebhookTest {
    private static final GateOutcome OUTCOME = new GateOutcome("r1", Optional.of("base"), List.of());

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/hook", exchange -> {
            received.add(new JsonMapper().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(answers.removeFirst(), -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> {
            received.add(new JsonMapper().createObjectNode());
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void theOutcomeIsPostedAsJsonWithATextForChats() {
        answers.add(204);
        assertThat(hook("/hook?token=secret").send(OUTCOME)).isEmpty();
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().path("run").asText()).isEqualTo("r1");
        assertThat(received.getFirst().path("passed").asBoolean()).isTrue();
        assertThat(received.getFirst().path("text").asText()).contains("The gate passed");
    }

    @Test
    void aServerThatIsBusyIsAskedOnceMore() {
        answers.addAll(List.of(503, 200));
        assertThat(hook("/hook").send(OUTCOME)).isEmpty();
        assertThat(received).hasSize(2);
        answers.addAll(List.of(500, 500, 200));
        assertThat(hook("/hook?token=secret").send(OUTCOME))
                .hasValueSatisfying(said -> assertThat(said)
                        .contains("it answered with HTTP status 500")
                        .doesNotContain("secret"));
        assertThat(received).hasSize(4);
    }

    @Test
    void aServerThatRefusesIsNotAskedAgain() {
        answers.add(404);
        assertThat(hook("/hook").send(OUTCOME))
                .hasValueSatisfying(said -> assertThat(said).contains("404"));
        answers.add(302);
        assertThat(hook("/hook").send(OUTCOME))
                .hasValueSatisfying(said -> assertThat(said).contains("302"));
        assertThat(received).hasSize(2);
    }

    @Test
    void aServerThatIsSilentOrGoneIsSaid() {
        var silent = new GateWebhook(address("/silent"), Duration.ofMillis(300), Duration.ZERO);
        assertThat(silent.send(OUTCOME))
                .hasValueSatisfying(said -> assertThat(said).contains("did not answer in time"));
        assertThat(received).hasSize(2);
        server.stop(0);
        assertThat(hook("/hook?token=secret").send(OUTCOME))
                .hasValueSatisfying(said ->
                        assertThat(said).contains("could not be reached").doesNotContain("secret"));
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutShowingIt() {
        for (var wrong : List.of(
                "", "hooks.example.org/secret", "ftp://example.org/secret", "https:///secret", "ht tp://secret")) {
            assertThatThrownBy(() -> GateWebhook.to(wrong))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("begins with https://")
                    .hasMessageNotContaining("secret");
        }
        assertThat(GateWebhook.to(" https://example.org/x ").address()).isEqualTo(URI.create("https://example.org/x"));
    }

    private GateWebhook hook(String path) {
        return new GateWebhook(address(path), Duration.ofSeconds(10), Duration.ZERO);
    }

    private URI address(String path) {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path);
    }
}
