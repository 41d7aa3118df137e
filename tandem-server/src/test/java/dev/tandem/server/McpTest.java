package dev.tandem.server;

import static dev.tandem.server.Served.json;
import static dev.tandem.server.Served.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import dev.tandem.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpTest {
    private static final String ASK =
            call("ask", "{\"question\": \"How many weeks of parental leave do employees get?\"}");

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Served served;

    @BeforeAll
    static void serve() throws IOException {
        workspace = Served.workspace(folder);
        Files.writeString(workspace.testSetFile(), """
                {"id": "a", "question": "How many weeks of parental leave do employees get?", "answers": ["16 weeks"], "documents": ["leave.md"]}
                {"id": "b", "question": "On which port is the VPN?", "answers": ["1194"], "documents": ["vpn.md"]}
                """);
        served = Served.start(workspace);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String request(String method, String parameters) {
        return "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"" + method + "\", \"params\": " + parameters + "}";
    }

    private static String call(String tool, String arguments) {
        return request("tools/call", "{\"name\": \"" + tool + "\", \"arguments\": " + arguments + "}");
    }

    private static JsonNode result(String request) {
        var reply = json(served.post("/mcp", request));
        assertThat(reply.path("id").asInt()).isEqualTo(7);
        assertThat(reply.has("result")).as(reply.toString()).isTrue();
        return reply.path("result");
    }

    @ParameterizedTest
    @CsvSource({"2025-06-18, 2025-06-18", "2024-11-05, 2024-11-05", "1999-01-01, 2025-06-18"})
    void theVersionIsTheOneAskedForWhereItIsKnown(String asked, String given) {
        var result = result(request(
                "initialize",
                "{\"protocolVersion\": \"" + asked
                        + "\", \"capabilities\": {}, \"clientInfo\": {\"name\": \"t\", \"version\": \"1\"}}"));
        assertThat(result.path("protocolVersion").asText()).isEqualTo(given);
        assertThat(result.at("/serverInfo/name").asText()).isEqualTo("tandem");
        assertThat(result.at("/capabilities/tools").isObject()).isTrue();
    }

    @Test
    void toolsAreListedWithTheirSchemas() {
        var tools = result(request("tools/list", "{}")).path("tools");
        assertThat(tools).extracting(tool -> tool.path("name").asText()).containsExactly("search", "ask", "evaluate");
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
        });
        assertThat(result(request("ping", "{}"))).isEmpty();
    }

    @Test
    void toolsAnswerInWordsAndInStructure() {
        var asked = result(ASK);
        assertThat(asked.path("isError").asBoolean()).isFalse();
        assertThat(asked.at("/content/0/text").asText()).contains("16 weeks", "[1] leave.md");
        assertThat(asked.at("/structuredContent/sources/0/document").asText()).isEqualTo("leave.md");

        var found = result(call("search", "{\"question\": \"VPN port\", \"count\": 1}"));
        assertThat(found.at("/structuredContent/results")).hasSize(1);
        assertThat(found.at("/content/0/text").asText()).contains("vpn.md", "1194");
        assertThat(found.at("/structuredContent/hops")).isEmpty();
    }

    @Test
    void aSearchTellsWhatWasLookedForAgainAndWhy() {
        var question =
                "{\"question\": \"How long can products be returned, and what is the port of the VPN?\", \"count\": 3}";
        var found = result(call("search", question));
        var api = json(served.post("/api/search", question));

        assertThat(api.at("/hops/0/query").asText()).isEqualTo("what is the port of the VPN?");
        assertThat(api.at("/hops/0/reason").asText()).contains("asks for 2 things");
        assertThat(api.at("/hops/0/found").isArray()).isTrue();
        assertThat(api.path("remarks").isArray()).isTrue();
        assertThat(found.at("/structuredContent/hops")).isEqualTo(api.path("hops"));
        assertThat(found.at("/content/0/text").asText()).contains("Looked again for \"what is the port of the VPN?\"");
    }

    @Test
    void theTestSetIsEvaluated() {
        var result = result(call("evaluate", "{\"questions\": 2}"));
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        assertThat(result.at("/structuredContent/questions").asInt()).isEqualTo(2);
        assertThat(result.at("/structuredContent/metrics"))
                .extracting(metric -> metric.path("name").asText())
                .contains("f1", "faithfulness");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | -32700 | {",
                "400 | -32600 | []",
                "400 | -32600 | [{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}]",
                "400 | -32600 | {\"jsonrpc\": \"1.0\", \"id\": 1, \"method\": \"ping\"}",
                "400 | -32600 | {\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"ping\"}",
                "400 | -32600 | {\"jsonrpc\": \"2.0\", \"id\": 1}",
                "200 | -32601 | {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"resources/list\"}",
                "200 | -32602 | {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"rm\"}}",
                "200 | -32602 | {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"ask\"}}",
                "200 | -32602 | {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"search\", \"arguments\": {\"question\": \"a\", \"count\": 0}}}",
                "200 | -32602 | {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"initialize\", \"params\": []}",
            })
    void whatIsWrongHasTheCodeThatJsonRpcGivesIt(int status, int code, String body) {
        var reply = served.post("/mcp", body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(tree(reply.body()).at("/error/code").asInt())
                .as(reply.body())
                .isEqualTo(code);
    }

    @Test
    void messagesThatAskForNothingAreTaken() {
        for (var message : new String[] {
            "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
            "{\"jsonrpc\": \"2.0\", \"id\": 3, \"result\": {}}"
        }) {
            var reply = served.post("/mcp", message);
            assertThat(reply.statusCode()).isEqualTo(202);
            assertThat(reply.body()).isEmpty();
        }
        assertThat(served.get("/mcp").statusCode()).isEqualTo(405);
        assertThat(served.post("/mcp", ASK, "MCP-Protocol-Version", "1.0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aKeyThatMayOnlyAskIsOfferedNoEvaluation(@TempDir Path other) {
        var kb = Served.workspace(other);
        var secret = new ApiKeys(kb.folder(), Clock.systemUTC())
                .create("app", Role.ASK, Set.of(), Optional.empty())
                .secret();
        try (var guarded = Served.start(kb)) {
            assertThat(guarded.post("/mcp", ASK).statusCode()).isEqualTo(401);
            var key = "Bearer " + secret;
            var tools = json(guarded.post("/mcp", request("tools/list", "{}"), "Authorization", key));
            assertThat(tools.at("/result/tools")).hasSize(2);
            var refused = json(guarded.post("/mcp", call("evaluate", "{}"), "Authorization", key));
            assertThat(refused.at("/result/isError").asBoolean()).isTrue();
        }
    }

    @Test
    void overStandardInputEveryRequestIsAnsweredByALineAndNothingElseIsWritten() throws IOException {
        var in = String.join(
                "\n",
                request("initialize", "{\"protocolVersion\": \"2025-06-18\"}"),
                "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
                "",
                "no json",
                ASK.replace("\"id\": 7", "\"id\": \"question\""));
        var out = new StringWriter();
        McpProgram.run(
                workspace, "test", new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), new PrintWriter(out));

        var answers = out.toString().lines().map(Served::tree).toList();
        assertThat(answers)
                .hasSize(3)
                .allSatisfy(
                        answer -> assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0"));
        assertThat(answers)
                .filteredOn(answer -> answer.path("id").asText().equals("question"))
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer.at("/result/content/0/text").asText()).contains("16 weeks"));
        assertThat(workspace.trail().records().getLast().entry()).hasValueSatisfying(entry -> {
            assertThat(entry.who()).isEqualTo(System.getProperty("user.name"));
            assertThat(entry.channel()).isEqualTo("mcp");
            assertThat(entry.answer()).contains("16 weeks");
        });
    }
}
