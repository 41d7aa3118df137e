package dev.tandem.server;

import static dev.tandem.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send or read slowly, or are gone, by sockets of our own. One answer at a time is made, so that whoever held it would show. */
class SlowClientTest {
    private static final int CLIENTS = 20;
    private static final String BODY =
            "{\"model\": \"tandem/rag\", \"stream\": true, \"messages\": [{\"role\": \"user\","
                    + " \"content\": \"How many weeks of parental leave do employees get?\"}]}";

    private final List<Socket> sockets = new ArrayList<>();
    private Served served;

    @BeforeEach
    void serve(@TempDir Path folder) throws IOException {
        served = Served.start(Served.with(Served.workspace(folder), "answers_at_once: 1"));
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        served.close();
    }

    private Socket client(String sent) throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), served.server().port());
        sockets.add(socket);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String head(int length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    private void anotherIsAnswered() {
        var reply = served.post("/v1/chat/completions", BODY.replace("\"stream\": true, ", ""));
        assertThat(json(reply).at("/choices/0/message/content").asText()).contains("16 weeks");
    }

    @Test
    void requestsThatNeverEndKeepNobodyWaiting() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            client(head(BODY.length()) + BODY.substring(0, 20));
        }
        anotherIsAnswered();
    }

    @Test
    void streamsThatNobodyReadsKeepNobodyWaiting() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            client(head(BODY.length()) + BODY);
        }
        anotherIsAnswered();
    }

    @Test
    void clientsThatAreGoneKeepNobodyWaiting() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            var socket = client(head(BODY.length()) + BODY);
            // Gone without a good-bye: the server's next write is answered with a reset.
            socket.setSoLinger(true, 0);
            socket.close();
        }
        anotherIsAnswered();
        assertThat(served.get("/metrics").body())
                .containsPattern("(?m)^tandem_waiting 0\\.0$")
                .contains("tandem_streams ");
    }
}
