package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int[] CONTROLS = {1, 0, 1, 0, 1, 0, 0, 1, 1, 0};

    @TempDir
    private Path folder;

    @Test
    void theEmbeddedJudgeIsComparedWithLabels() throws Exception {
        var input = write(
                "{\"id\": 1, \"context\": [\"The shop opens at nine.\"], \"answer\": \"The shop opens at nine.\", \"label\": true}",
                "{\"id\": 2, \"context\": [\"The shop opens at nine.\"], \"answer\": \"Bears dance on Mars with 7 moons.\", \"label\": 0}");
        var json = CommandRun.of("judge", "--input", input, "--out", folder.resolve("s"), "--labels", "--json")
                .json();
        assertThat(json.get("judge").asText()).isEqualTo("embedded");
        assertThat(json.at("/agreement/answers").asInt()).isEqualTo(2);
        assertThat(json.at("/agreement/auroc/value").asDouble()).isEqualTo(1);
        var text = CommandRun.of("judge", "--input", input, "--out", folder.resolve("s"), "--labels");
        assertThat(text.out()).contains("AUROC", "labels of 2 answers, 1 supported", "2 were judged before");
    }

    @Test
    void aModelThatJudgesIsAskedCountedAndPriced() throws Exception {
        var input = write("{\"id\": \"a\", \"context\": [\"Tea is hot.\"], \"answer\": \"Tea is hot and blue.\"}");
        var out = folder.resolve("scores.jsonl");
        try (var server = new Server(JudgeCommandTest::reply)) {
            var run = CommandRun.of(
                    "judge",
                    "--input",
                    input,
                    "--out",
                    out,
                    "--judge",
                    "llm",
                    "--model-url",
                    server.url(),
                    "--model-name",
                    "fake",
                    "--price",
                    "1,10",
                    "--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            var json = run.json();
            assertThat(json.get("faithfulness").asDouble()).isEqualTo(0.5);
            assertThat(json.at("/model/control_right").asInt()).isEqualTo(10);
            assertThat(json.at("/model/requests").asInt()).isEqualTo(3);
            assertThat(json.at("/model/cost").asDouble()).isEqualTo(3 * (100 * 1 + 20 * 10) / 1e6);
        }
        assertThat(out).content().contains("\"unsupported\":[\"Tea is blue.\"]", "llm:fake:prompts-v1");
    }

    @Test
    void preferencesOfAJudgeThatLovesTheFirstPlaceAreTies() throws Exception {
        var input =
                write("{\"id\": \"a\", \"question\": \"q\", \"answer_1\": \"x\", \"answer_2\": \"y\", \"label\": 2}");
        try (var server = new Server(JudgeCommandTest::reply)) {
            var run = CommandRun.of(
                    "judge",
                    "preference",
                    "--input",
                    input,
                    "--out",
                    folder.resolve("v"),
                    "--model-url",
                    server.url(),
                    "--model-name",
                    "fake");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("ties                1", "same place in both orders: 1 (the first place 1 times)")
                    .contains("accuracy           0.500");
        }
    }

    @Test
    void aModelThatCannotJudgeLeavesNoScores() throws Exception {
        var input = write("{\"id\": \"a\", \"context\": [\"Tea is hot.\"], \"answer\": \"Tea is hot.\"}");
        var out = folder.resolve("scores.jsonl");
        try (var server = new Server(body -> "The the the.")) {
            var run = CommandRun.of(
                    "judge",
                    "--input",
                    input,
                    "--out",
                    out,
                    "--judge",
                    "llm",
                    "--model-url",
                    server.url(),
                    "--model-name",
                    "fake",
                    "--retries",
                    "0");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("did not get through the control claims", "no JSON object");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void aWorkspaceWithoutAModelSaysWhereOneIsNamed() throws Exception {
        var input = write("{\"id\": \"a\", \"context\": [\"Tea is hot.\"], \"answer\": \"Tea is hot.\"}");
        CommandRun.of("init", folder.resolve("ws"));
        var run = CommandRun.of(
                "judge", "--input", input, "--out", folder.resolve("s"), "--judge", "llm", "-w", folder.resolve("ws"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("has no language model: name one under model in tandem.yaml");
    }

    private static String reply(JsonNode body) {
        var system = body.at("/messages/0/content").asText();
        var user = body.at("/messages/1/content").asText();
        if (system.contains("compare two answers")) {
            return "{\"reason\": \"so\", \"preferred\": 1}";
        }
        if (system.contains("take an answer apart")) {
            return "{\"claims\": [\"Tea is hot.\", \"Tea is blue.\"]}";
        }
        return user.contains("Lindholm") ? verdicts(CONTROLS) : verdicts(1, 0);
    }

    private static String verdicts(int... verdicts) {
        var object = JSON.createObjectNode();
        var list = object.putArray("verdicts");
        for (int i = 0; i < verdicts.length; i++) {
            list.addObject().put("number", i + 1).put("reason", "").put("verdict", verdicts[i]);
        }
        return object.toString();
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(folder.resolve("input.jsonl"), String.join("\n", lines) + "\n");
    }

    /** Speaks OpenAI's protocol on a free port. */
    private static final class Server implements AutoCloseable {
        private final HttpServer http;

        Server(Function<JsonNode, String> replies) throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/v1/chat/completions", exchange -> {
                var said = JSON.valueToTree(replies.apply(JSON.readTree(exchange.getRequestBody())));
                var body =
                        ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"fake\",\"choices\":[{\"index\":0,"
                                        + "\"message\":{\"role\":\"assistant\",\"content\":" + said
                                        + "},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,"
                                        + "\"completion_tokens\":20,\"total_tokens\":120}}")
                                .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                try (exchange) {
                    exchange.getResponseBody().write(body);
                }
            });
            http.start();
        }

        String url() {
            return "http://localhost:" + http.getAddress().getPort() + "/v1";
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
