package dev.tandem.server;

import static dev.tandem.server.Served.error;
import static dev.tandem.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import dev.tandem.server.log.LogLines;
import dev.tandem.server.log.LogProvider;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
    private static final String SECRET_QUESTION = "How many weeks of parental leave do employees get?";
    private static final String QUESTION =
            "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\": \"" + SECRET_QUESTION
                    + "\"}]}";
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    static Path folder;

    private static Workspace workspace;

    @BeforeAll
    static void workspace() {
        workspace = Served.workspace(folder);
    }

    @Test
    void metricsCountRequestsAnswersAndTokens() {
        try (var served = Served.start(workspace)) {
            json(served.post(CHAT, QUESTION));
            served.post(CHAT, QUESTION.replace("{\"model\"", "{\"stream\": true, \"model\""));
            json(served.post(CHAT, QUESTION.replace(SECRET_QUESTION, "Who won the football match of Rome?")));
            served.post(CHAT, "{");

            var reply = served.get("/metrics");
            assertThat(reply.headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .startsWith("text/plain");
            var metrics = reply.body();
            assertThat(value(metrics, "tandem_requests_seconds_count", "endpoint=\"/v1/chat/completions\"", "200"))
                    .isEqualTo(3);
            assertThat(value(metrics, "tandem_requests_seconds_count", "endpoint=\"/v1/chat/completions\"", "400"))
                    .isEqualTo(1);
            assertThat(value(metrics, "tandem_answers_total", "answered", "tandem/rag"))
                    .isEqualTo(2);
            assertThat(value(metrics, "tandem_answers_total", "declined", "tandem/rag"))
                    .isEqualTo(1);
            assertThat(value(metrics, "tandem_tokens_total", "direction=\"out\""))
                    .isPositive();
            assertThat(value(metrics, "tandem_answer_first_token_seconds_count", "tandem/rag"))
                    .isPositive();
            assertThat(value(metrics, "tandem_answer_seconds_count", "tandem/rag"))
                    .isEqualTo(3);
            assertThat(value(metrics, "tandem_index_passages")).isEqualTo(3);
            assertThat(value(metrics, "tandem_streams")).isZero();
            assertThat(metrics)
                    .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "tandem_requests_seconds_bucket");
            assertThat(metrics).doesNotContain("parental", "football");
        }
    }

    private static double value(String metrics, String name, String... labels) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> java.util.Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void metricsAreForAdministratorsUnlessTheyAreOpen(@TempDir Path other) {
        var kb = Served.workspace(other);
        var keys = new ApiKeys(kb.folder(), Clock.systemUTC());
        var ask = keys.create("app", Role.ASK, Set.of(), Optional.empty()).secret();
        var admin = keys.create("boss", Role.ADMIN, Set.of(), Optional.empty()).secret();
        try (var served = Served.start(kb)) {
            assertThat(served.get("/metrics").statusCode()).isEqualTo(401);
            var refused = served.get("/metrics", "Authorization", "Bearer " + ask);
            assertThat(refused.statusCode()).isEqualTo(403);
            error(refused);
            assertThat(served.get("/metrics", "Authorization", "Bearer " + admin)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void everyRequestIsALineOfTheLogWithoutWhatWasAsked(@TempDir Path logs) throws IOException {
        var file = logs.resolve("serve.log");
        String request;
        try (var served = Served.start(Served.with(Served.workspace(logs), "log_file: " + file, "log: json"))) {
            request = served.post(CHAT, QUESTION, "Authorization", "Bearer tdm_secret")
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElseThrow();
            served.get("/v1/parental-leave?question=parental");
        }

        var lines = Files.readAllLines(file).stream().map(Served::tree).toList();
        assertThat(lines).hasSize(2);
        var first = lines.getFirst();
        assertThat(first.path("request").asText()).isEqualTo(request);
        assertThat(first.path("caller").asText()).isEqualTo("local");
        assertThat(first.path("endpoint").asText()).isEqualTo(CHAT);
        assertThat(first.path("status").asInt()).isEqualTo(200);
        assertThat(first.path("milliseconds").asDouble()).isPositive();
        assertThat(lines.getLast().path("status").asInt()).isEqualTo(404);
        assertThat(Files.readString(file)).doesNotContain("parental", "tdm_secret");
    }

    @Test
    void aTextLogHoldsALineForALineWhateverIsInIt(@TempDir Path logs) throws IOException {
        var file = logs.resolve("text.log");
        try (var log = LogLines.open(ServeSettings.Log.TEXT, Optional.of(file))) {
            log.write("info", "request", Map.of("caller", "a\nb\u001B[31m"));
        }
        assertThat(Files.readAllLines(file)).singleElement().asString().endsWith("info request a\uFFFDb\uFFFD[31m");
    }

    @Test
    void errorsOfLibrariesAreLoggedWithWhereTheyCameFromButNotWhatTheySay(@TempDir Path logs) throws IOException {
        var file = logs.resolve("errors.log");
        LogProvider.use(ServeSettings.Log.JSON, Optional.of(file));
        var logger = new LogProvider().getLoggerFactory().getLogger("a.b.C");
        logger.info("quiet");
        logger.error("A request failed, {}", 7, new IllegalStateException("secret words", new IOException("more")));

        var line = Files.readAllLines(file);
        assertThat(line).hasSize(1);
        assertThat(Served.tree(line.getFirst()).path("message").asText()).isEqualTo("A request failed, 7");
        assertThat(line.getFirst())
                .contains("IllegalStateException", "IOException", "MonitoringTest")
                .doesNotContain("secret words");
    }

    @Test
    void spansAndMetricsGoToTheCollectorUnderTheNamesOfTheConventions(@TempDir Path other) throws IOException {
        var received = new ConcurrentHashMap<String, String>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            received.merge(exchange.getRequestURI().getPath(), body, String::concat);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (var served = Served.start(Served.with(
                Served.workspace(other),
                "otlp_endpoint: http://localhost:" + collector.getAddress().getPort()))) {
            json(served.post(CHAT, QUESTION, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        } finally {
            collector.stop(0);
        }

        assertThat(received.get("/v1/traces"))
                .contains("chat tandem/rag", "POST /v1/chat/completions", "http.route")
                .contains("gen_ai.provider.name", "gen_ai.operation.name", "gen_ai.request.model")
                .contains("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens")
                .contains(new String(java.util.HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1))
                .doesNotContain("parental");
        assertThat(received.get("/v1/metrics"))
                .contains("gen_ai.client.operation.duration", "gen_ai.server.time_to_first_token")
                .contains("gen_ai.client.token.usage", "http.server.request.duration");
    }
}
