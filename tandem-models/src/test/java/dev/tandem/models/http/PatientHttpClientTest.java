package dev.tandem.models.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientHttpClientTest {
    private static final Patience QUICK = new Patience(4, Duration.ofMillis(1), Duration.ofMillis(50));

    private final Queue<String> replies = new ArrayDeque<>();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void serve() throws IOException {
        client = new PatientHttpClient(HttpClient.newHttpClient(), QUICK);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            var reply = replies.size() > 1 ? replies.remove() : replies.element();
            var parts = reply.split(" ", 2);
            if (parts.length > 1) {
                exchange.getResponseHeaders().add("Retry-After", parts[1]);
            }
            exchange.sendResponseHeaders(Integer.parseInt(parts[0]), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.getAddress().getPort() + "/"))
                .POST(BodyPublishers.ofString("question"))
                .build();
    }

    @Test
    void aBusyServerIsAskedAgainWithTheSameBody() throws Exception {
        replies.addAll(List.of("429 0.01", "503", "200"));
        assertThat(client.send(request(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        assertThat(bodies).containsExactly("question", "question", "question");
    }

    @Test
    void aStreamThatHasNotBegunIsAskedForAgain() throws Exception {
        replies.addAll(List.of("529", "200"));
        assertThat(client.sendAsync(request(), BodyHandlers.ofInputStream())
                        .get()
                        .statusCode())
                .isEqualTo(200);
        assertThat(bodies).hasSize(2);
    }

    @Test
    void afterSoManyTriesTheRefusalIsHandedOn() throws Exception {
        replies.add("500");
        assertThat(client.send(request(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(500);
        assertThat(bodies).hasSize(4);
    }

    @Test
    void whatIsNotTheServersStateIsNotTriedAgain() throws Exception {
        replies.add("401");
        assertThat(client.send(request(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(401);
        assertThat(bodies).hasSize(1);
    }

    @Test
    void aServerThatAsksForALongWaitIsNotAskedAgain() throws Exception {
        replies.add("429 3600");
        assertThat(client.send(request(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(429);
        replies.clear();
        replies.add("429 Wed, 21 Oct 2099 07:28:00 GMT");
        assertThat(client.send(request(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(429);
        assertThat(bodies).hasSize(2);
    }

    @Test
    void aServerThatKeepsFailingIsLeftAlone() throws Exception {
        replies.add("503");
        var impatient = new PatientHttpClient(HttpClient.newHttpClient(), Patience.NONE);
        for (int i = 0; i < 10; i++) {
            assertThat(impatient.send(request(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(503);
        }
        assertThatThrownBy(() -> impatient.send(request(), BodyHandlers.discarding()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("localhost failed 10 times in a row");
        assertThat(bodies).hasSize(10);
    }

    @Test
    void aServerThatIsNotThereIsAnErrorOfTheNetwork() {
        server.stop(0);
        assertThatThrownBy(() -> client.send(request(), BodyHandlers.discarding()))
                .isInstanceOf(java.net.ConnectException.class);
    }
}
