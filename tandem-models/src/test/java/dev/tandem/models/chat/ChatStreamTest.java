package dev.tandem.models.chat;

import static dev.tandem.models.chat.ChatServers.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that streams until its client hangs up, and then says so. */
class ChatStreamTest {
    private final CountDownLatch clientGone = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::streamForever);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void anInterruptCancelsAndClosesTheConnection() throws Exception {
        var firstPiece = new CountDownLatch(1);
        var reading = new FutureTask<>(() -> {
            assertThatThrownBy(() -> ChatStream.read(
                            models().streaming(), REQUEST, Duration.ofSeconds(10), piece -> firstPiece.countDown()))
                    .isInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
        });
        var reader = Thread.ofVirtual().start(reading);
        assertThat(firstPiece.await(10, TimeUnit.SECONDS)).isTrue();
        reader.interrupt();
        assertThat(reading.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(clientGone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReaderThatIsGoneClosesTheConnection() throws Exception {
        assertThatThrownBy(() -> ChatStream.read(models().streaming(), REQUEST, Duration.ofSeconds(10), piece -> {
                    throw new UncheckedIOException(new IOException("the browser went away"));
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(clientGone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private ChatModels models() {
        return ChatModels.open(
                ChatServers.openAi("http://localhost:" + server.getAddress().getPort()), ChatServers.ENVIRONMENT);
    }

    private void streamForever(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            while (true) {
                body.write(ChatServers.openAiPiece("word ").getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (IOException e) {
            clientGone.countDown();
        }
    }
}
