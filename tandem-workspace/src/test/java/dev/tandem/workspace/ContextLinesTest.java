package dev.tandem.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.ingest.IngestReport;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines above passages, written by a server that speaks OpenAI's protocol and says what the test has it say. */
class ContextLinesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HIRE = """
            # Hire

            ## Boats

            It costs 40 EUR a day and must be back before the sun goes down, washed and with both of its oars on board.

            ## Bicycles

            They cost 15 EUR a day, a helmet is included, and a flat tyre is mended for nothing in the shed behind the house.
            """;

    @TempDir
    Path folder;

    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            var request = JSON.readTree(exchange.getRequestBody());
            var prompt = request.at("/messages/1/content").asText();
            prompts.add(prompt);
            var body = body(prompt, request).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status.get(), body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/hire.md"), HIRE);
        settings("model");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String body(String prompt, JsonNode request) {
        assertThat(request.path("model").asText()).isEqualTo("scripted");
        if (status.get() != 200) {
            return "{\"error\":{\"message\":\"no such day\"}}";
        }
        boolean boats = prompt.substring(prompt.indexOf("The passage in it")).contains("oars");
        return """
                {"id": "c", "object": "chat.completion", "created": 1, "model": "scripted",
                "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 7, "total_tokens": 107}}""".formatted(JSON.valueToTree(
                boats ? "<think>Hm.</think>\"What a dinghy\ncosts.\"" : "What a velocipede costs."));
    }

    private void settings(String context) throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), """
                documents: {sources: [docs], injection: keep}
                passages: {tokens: 48, context: %s}
                model: {provider: openai-compatible, base_url: 'http://localhost:%d/v1', name: scripted}
                """.formatted(
                        context, server.getAddress().getPort()));
    }

    private IngestReport ingest() {
        try (var open = new OpenWorkspace(Workspace.at(folder))) {
            return open.ingest(List.of(), false, Progress.silent());
        }
    }

    private List<Passage> found(String question) {
        try (var open = new OpenWorkspace(Workspace.at(folder))) {
            return open.retriever().retrieve(question, 5, new Filter.All()).passages().stream()
                    .map(found -> found.passage())
                    .toList();
        }
    }

    @Test
    void aPassageIsFoundByItsLineWhichIsNoPartOfItsText() {
        var report = ingest();

        assertThat(report.contextLines().written()).isEqualTo(2);
        assertThat(report.contextLines().inputTokens()).isEqualTo(200);
        assertThat(report.contextLines().outputTokens()).isEqualTo(14);
        var best = found("dinghy").getFirst();
        assertThat(best.contextLine()).isEqualTo("What a dinghy costs.");
        assertThat(best.text()).contains("oars").doesNotContain("dinghy");
        assertThat(HIRE).contains(best.text());
        assertThat(found("velocipede").getFirst().text()).contains("helmet");
        assertThat(prompts.getFirst())
                .as("the whole document stands before the passage")
                .contains("oars", "helmet")
                .containsPattern("(?s)^The document \"hire.md\".*<<([0-9a-f]{12})\n.*\n\\1>>.*under \"Hire > ");
    }

    @Test
    void onlyWhatChangedIsAskedAgain() throws IOException {
        ingest();
        assertThat(ingest().contextLines().written()).isZero();
        assertThat(prompts).hasSize(2);

        Files.writeString(folder.resolve("docs/hire.md"), HIRE.replace("15 EUR", "17 EUR"));
        var report = ingest();

        assertThat(report.contextLines().written()).isEqualTo(1);
        assertThat(report.contextLines().kept()).isEqualTo(1);
        assertThat(prompts).hasSize(3);
        assertThat(found("velocipede").getFirst().text()).contains("17 EUR");
    }

    @Test
    void whatFailsLeavesPassagesWithoutALineUntilTheNextIngest() {
        status.set(400);
        var failed = ingest();

        assertThat(failed.contextLines().written()).isZero();
        assertThat(failed.contextLines().missing()).isEqualTo(2);
        assertThat(failed.contextLines().reasons()).singleElement().asString().contains("no such day");
        assertThat(failed.passages()).isEqualTo(2);
        assertThat(found("oars").getFirst().contextLine()).isEmpty();

        status.set(200);
        assertThat(ingest().contextLines().written()).isEqualTo(2);
        assertThat(found("dinghy").getFirst().contextLine()).isNotEmpty();
        assertThat(ingest().unchanged()).isEqualTo(1);
    }

    @Test
    void nothingIsAskedUnlessTheSettingsSayAndALineGoesWithItsSetting() throws IOException {
        settings("headings");
        assertThat(ingest().contextLines().written()).isZero();
        assertThat(prompts).isEmpty();

        settings("model");
        try (var open = new OpenWorkspace(Workspace.at(folder))) {
            assertThat(open.status().otherSettings()).isTrue();
        }
        assertThat(ingest().contextLines().written()).isEqualTo(2);
        settings("headings");
        ingest();
        assertThat(found("dinghy").getFirst().contextLine()).isEmpty();
    }

    @Test
    void whatWasWrittenOfADocumentIsForgottenWithIt() throws IOException {
        ingest();
        Files.move(folder.resolve("docs/hire.md"), folder.resolve("hire.md"));
        ingest();
        assertThat(Files.readString(folder.resolve(".tandem/context-lines.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain("dinghy");
        Files.move(folder.resolve("hire.md"), folder.resolve("docs/hire.md"));
        assertThat(ingest().contextLines().written()).isEqualTo(2);
    }
}
