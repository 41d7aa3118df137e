package dev.tandem.server;

import static dev.tandem.server.Served.error;
import static dev.tandem.server.Served.json;
import static dev.tandem.server.Served.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION = "\"messages\": [{\"role\": \"user\","
            + " \"content\": \"How many weeks of parental leave do employees get?\"}]";

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Served served;

    @BeforeAll
    static void serve() {
        workspace = Served.workspace(folder);
        served = Served.start(workspace);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void questionsAreAnsweredWithSourcesThatTheTextPointsAt() {
        var answer = json(served.post(CHAT, "{\"model\": \"tandem/rag\", " + QUESTION + "}"));

        var message = answer.at("/choices/0/message");
        assertThat(message.path("content").asText()).contains("16 weeks").endsWith("[1]");
        var cited = message.at("/annotations/0/url_citation");
        assertThat(message.path("content")
                        .asText()
                        .substring(
                                cited.path("start_index").asInt(),
                                cited.path("end_index").asInt()))
                .isEqualTo("[1]");
        assertThat(answer.at("/sources/0/document").asText()).isEqualTo("leave.md");
        assertThat(answer.at("/sources/0/quote").asText()).contains("16 weeks of parental leave");
        assertThat(answer.at("/usage/total_tokens").asInt())
                .isEqualTo(answer.at("/usage/prompt_tokens").asInt()
                        + answer.at("/usage/completion_tokens").asInt());
    }

    @Test
    void aStreamHoldsTheSameAnswerAndEndsWithItsSources() {
        var stream = served.post(
                CHAT,
                "{\"model\": \"tandem/rag\", \"stream\": true, \"stream_options\": {\"include_usage\": true}, "
                        + QUESTION + "}");

        var events = stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(events.getLast()).isEqualTo("[DONE]");
        var chunks =
                events.subList(0, events.size() - 1).stream().map(Served::tree).toList();
        var text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asText("")));
        assertThat(text.toString()).contains("16 weeks").endsWith("[1]");
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(chunks.get(chunks.size() - 2).at("/sources/0/document").asText())
                .isEqualTo("leave.md");
        assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void aFilterHoldsForAnswersAndSearches() {
        var answer = json(served.post(
                CHAT, "{\"model\": \"tandem/rag\", \"filter\": \"department = \\\"it\\\"\", " + QUESTION + "}"));
        assertThat(answer.path("abstained").asBoolean()).isTrue();

        var found = json(served.post(
                "/api/search", "{\"question\": \"parental leave\", \"filter\": \"department = \\\"it\\\"\"}"));
        assertThat(found.path("results"))
                .extracting(each -> each.path("document").asText())
                .containsOnly("vpn.md");
    }

    @Test
    void theStarterAnswersWithoutTheDocuments() {
        var answer = json(served.post(CHAT, "{\"model\": \"starter\", \"max_tokens\": 5, " + QUESTION + "}"));
        assertThat(answer.at("/usage/completion_tokens").asInt()).isBetween(1, 5);
        assertThat(answer.path("sources")).isEmpty();
    }

    @Test
    void embeddingsAreTheWorkspaceModels() {
        var numbers = json(
                served.post("/v1/embeddings", "{\"model\": \"bge-small-en-v1.5-q\", \"input\": [\"one\", \"two\"]}"));
        assertThat(numbers.path("data")).hasSize(2);
        assertThat(numbers.at("/data/1/embedding")).hasSize(384);
        var text = json(served.post(
                "/v1/embeddings",
                "{\"model\": \"bge-small-en-v1.5-q\", \"input\": \"one\", \"encoding_format\": \"base64\"}"));
        assertThat(java.util.Base64.getDecoder()
                        .decode(text.at("/data/0/embedding").asText()))
                .hasSize(384 * 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | {                                                             | line 1",
                "400 | []                                                            | JSON object",
                "400 | {\"model\": \"tandem/rag\"}                                   | 'messages'",
                "400 | {\"model\": \"tandem/rag\", \"messages\": []}                 | 'messages' is empty",
                "400 | {\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\"}]} | messages[0].content",
                "400 | {\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"boss\", \"content\": \"a\"}]} | 'boss'",
                "400 | {\"model\": \"tandem/rag\", \"messages\": [null]}             | messages[0]",
                "400 | {\"model\": \"tandem/rag\", \"messages\": \"hello\"}          | messages",
                "400 | {\"model\": \"tandem/rag\", \"colour\": 1, \"messages\": []}  | colour",
                "400 | {\"model\": \"a\", \"model\": \"b\", \"messages\": []}        | parse",
                "404 | {\"model\": \"gpt-9\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | gpt-9",
                "400 | {\"model\": \"tandem/rag\", \"n\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | 'n'",
                "400 | {\"model\": \"tandem/rag\", \"temperature\": 9, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | temperature",
                "400 | {\"model\": \"tandem/rag\", \"filter\": \"= = =\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | 1",
            })
    void whatIsWrongIsNamedInOpenAisShape(int status, String body, String named) {
        var reply = served.post(CHAT, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(error(reply).path("message").asText()).contains(named.strip());
    }

    @Test
    void hugeBodiesAndQuestionsAreRefused() {
        var question = "a".repeat(20_000);
        assertThat(served.post(
                                CHAT,
                                "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\": \""
                                        + question + "\"}]}")
                        .statusCode())
                .isEqualTo(400);
        var reply = served.post(CHAT, "{\"model\": \"" + "a".repeat(10_000_000) + "\"}");
        assertThat(reply.statusCode()).isEqualTo(413);
        error(reply);
    }

    @Test
    void unknownPathsAndMethodsAreErrorsOfTheSameShape() {
        assertThat(error(served.get("/v1/nothing")).path("message").asText()).contains("/v1/nothing");
        var reply = served.get(CHAT);
        assertThat(reply.statusCode()).isEqualTo(405);
        error(reply);
    }

    @Test
    void withoutKeysOnlyThisMachineComesInAndNoPageOfAnotherSite() {
        var elsewhere = served.get("/v1/models", "Origin", "https://evil.example");
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        error(elsewhere);
        assertThat(served.get("/v1/models", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(served.get(
                                "/v1/models",
                                "Origin",
                                "http://localhost:" + served.server().port())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aServerThatOthersReachNeedsKeys() {
        assertThatThrownBy(() -> TandemServer.start(
                        workspace, ServeSettings.DEFAULTS.withHost("0.0.0.0").withPort(0), "test"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("tandem key create");
    }

    @Test
    void theAddressThatIsTakenIsNamed() {
        assertThatThrownBy(() -> TandemServer.start(
                        workspace,
                        ServeSettings.DEFAULTS.withPort(served.server().port()),
                        "test"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--port");
    }

    @Test
    void keysHaveRolesAndEndAtOnceWhenTheyAreRevoked(@TempDir Path other) {
        var kb = Served.workspace(other);
        var keys = new ApiKeys(kb.folder(), Clock.systemUTC());
        var key = keys.create("app", Role.ASK, Set.of(), Optional.empty());
        try (var guarded = Served.start(kb)) {
            assertThat(guarded.get("/health").statusCode()).isEqualTo(200);
            assertThat(error(guarded.get("/v1/models")).path("type").asText()).isEqualTo("authentication_error");
            assertThat(guarded.get("/v1/models", "Authorization", "Bearer tdm_wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(guarded.get("/v1/models", "Authorization", "Bearer " + key.secret())
                            .statusCode())
                    .isEqualTo(200);

            keys.create("other", Role.ASK, Set.of(), Optional.empty());
            keys.revoke("app");
            assertThat(guarded.get("/v1/models", "Authorization", "Bearer " + key.secret())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aKeySeesWhatItsPrincipalsMaySeeAndNothingTellsOfTheRest(@TempDir Path other) throws Exception {
        Files.writeString(
                Files.createDirectories(other.resolve("documents")).resolve("salaries.md"),
                "---\naccess: [hr, anna]\nsalaryband: A\n---\n# Salaries\n\nThe director earns 250000 a year.\n");
        var kb = Served.workspace(other);
        var keys = new ApiKeys(kb.folder(), Clock.systemUTC());
        var inside = keys.create("hr app", Role.ASK, Set.of("hr"), Optional.empty());
        var outside = keys.create("shop app", Role.EDIT, Set.of("sales"), Optional.empty());
        var question = "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\":"
                + " \"What does the director earn a year?\"}]}";
        var search = "{\"question\": \"director salary\", \"count\": 100}";
        var filtered = "{\"question\": \"director\", \"filter\": \"salaryband = A\"}";
        var around = "{\"question\": \"director\", \"filter\": \"access = hr or path contains salaries\"}";
        var tool = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"NAME\","
                + " \"arguments\": {\"question\": \"What does the director earn?\"}}}";
        try (var guarded = Served.start(kb)) {
            String[] may = {"Authorization", "Bearer " + inside.secret()};
            String[] mayNot = {"Authorization", "Bearer " + outside.secret()};

            assertThat(guarded.post(CHAT, question, may).body()).contains("250000");
            assertThat(guarded.post("/api/search", filtered, may).body()).contains("salaries.md");

            for (var reply : List.of(
                    guarded.post(CHAT, question, mayNot),
                    guarded.post(CHAT, question.replace("{\"model", "{\"stream\": true, \"model"), mayNot),
                    guarded.post("/api/search", search, mayNot),
                    guarded.post("/api/search", around, mayNot),
                    guarded.get("/api/documents", mayNot),
                    guarded.get("/v1/vector_stores", mayNot),
                    guarded.post("/v1/vector_stores/vs_workspace/search", "{\"query\": \"director\"}", mayNot),
                    guarded.post("/mcp", tool.replace("NAME", "search"), mayNot),
                    guarded.post("/mcp", tool.replace("NAME", "ask"), mayNot))) {
                assertThat(reply.statusCode()).isEqualTo(200);
                assertThat(reply.body()).doesNotContain("250000", "salaries.md", "salaryband");
            }
            assertThat(guarded.get("/api/documents", may).body()).contains("salaries.md");
            assertThat(json(guarded.get("/v1/vector_stores", mayNot))
                            .at("/data/0/file_counts/total")
                            .asInt())
                    .isEqualTo(3);
            var forbidden = guarded.get("/api/documents/content?path=salaries.md", mayNot);
            assertThat(forbidden.statusCode()).isEqualTo(404);
            assertThat(forbidden.body()).doesNotContain("250000");
            // A field that only a forbidden document has is as unknown as one that none has.
            var refused = guarded.post("/api/search", filtered, mayNot);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(error(refused).path("message").asText())
                    .isEqualTo(error(guarded.post("/api/search", filtered.replace("salaryband", "nonsense"), mayNot))
                            .path("message")
                            .asText()
                            .replace("nonsense", "salaryband"));
        }
    }

    @Test
    void theDocumentNamesEveryWayIn() {
        var document = json(served.get("/openapi.json"));
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        served.server()
                .endpoints()
                .forEach(endpoint -> assertThat(document.path("paths")
                                .path(endpoint.path().replace('<', '{').replace('>', '}'))
                                .has(endpoint.method().name().toLowerCase(java.util.Locale.ROOT)))
                        .as(endpoint.path())
                        .isTrue());
    }

    @Test
    void everyReplyForbidsForeignScripts() {
        var headers = served.get("/health").headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(tree(served.get("/ready").body()).path("status").asText()).isEqualTo("ready");
    }
}
