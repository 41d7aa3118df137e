package dev.tandem.server.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.http.JsonBodies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * The protocol over standard input and output: a message a line. Requests are worked on side by side; {@code notifications/cancelled}
 * interrupts one, which is then not answered.
 */
public final class McpLines {
    private final McpServer server;
    private final McpSession session;
    private final Map<String, Thread> working = new ConcurrentHashMap<>();

    public McpLines(McpServer server, McpSession session) {
        this.server = server;
        this.session = session;
    }

    /** Answers until the input ends and what was asked is answered. */
    public void run(InputStream in, PrintWriter out) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                var message = line.getBytes(UTF_8);
                var parsed = parsed(message);
                if (parsed.path("method").asText().equals("notifications/cancelled")) {
                    cancel(parsed.path("params").path("requestId").toString());
                    continue;
                }
                var id = parsed.path("id").toString();
                workers.execute(() -> work(id, message, out));
            }
        }
    }

    private void work(String id, byte[] message, PrintWriter out) {
        working.put(id, Thread.currentThread());
        try {
            var answer = server.answer(message, session);
            if (working.remove(id) != null) {
                answer.ifPresent(each -> write(out, JsonBodies.text(each)));
            }
        } finally {
            working.remove(id);
        }
    }

    private void cancel(String id) {
        var worker = working.remove(id);
        if (worker != null) {
            worker.interrupt();
        }
    }

    private static void write(PrintWriter out, String line) {
        synchronized (out) {
            out.print(line + "\n");
            out.flush();
        }
    }

    private static JsonNode parsed(byte[] message) {
        try {
            return JsonBodies.mapper().readTree(message);
        } catch (IOException e) {
            // The server answers that it is none.
            return JsonBodies.mapper().missingNode();
        }
    }
}
