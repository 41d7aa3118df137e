package dev.tandem.server;

import static dev.tandem.server.Served.error;
import static dev.tandem.server.Served.json;
import static dev.tandem.server.Served.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTest {
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

    private static ObjectNode question(String id) {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("question", "On which port is the VPN?")
                .put("type", "answerable");
        node.putArray("answers").add("1194");
        node.putArray("documents").add("vpn.md");
        return node;
    }

    private static String version(String id) {
        return json(served.get("/api/testset/" + id)).path("version").asText();
    }

    @Test
    void questionsAreAddedChangedAcceptedAndTakenOut() throws IOException {
        var added = served.post(
                "/api/testset", question("vpn-port").put("topic", "it").toString());
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(served.post("/api/testset", question("vpn-port").toString()).statusCode())
                .isEqualTo(409);

        var patched = json(served.send(
                "PATCH",
                "/api/testset/vpn-port",
                "{\"version\": \"" + version("vpn-port") + "\", \"topic\": \"\", \"difficulty\": \"easy\"}"));
        assertThat(patched.has("topic")).isFalse();
        assertThat(patched.path("difficulty").asText()).isEqualTo("easy");
        var put = json(served.send(
                "PUT",
                "/api/testset/vpn-port",
                question("vpn-port")
                        .put("question", "Which port?")
                        .put("version", version("vpn-port"))
                        .toString()));
        assertThat(put.path("question").asText()).isEqualTo("Which port?");
        assertThat(put.has("difficulty")).isFalse();
        json(served.post("/api/testset/vpn-port/accept", "{\"version\": \"" + version("vpn-port") + "\"}"));

        var page = json(served.get("/api/testset?reviewed=true&contains=port"));
        assertThat(page.path("total").asInt()).isEqualTo(1);
        assertThat(page.at("/cases/0/reviewed").asBoolean()).isTrue();
        assertThat(Files.readString(workspace.testSetFile()))
                .contains("Which port?")
                .doesNotContain("easy");

        json(served.send("DELETE", "/api/testset/vpn-port?version=" + version("vpn-port"), ""));
        assertThat(served.get("/api/testset/vpn-port").statusCode()).isEqualTo(404);
    }

    @Test
    void whoChangesAQuestionThatSomebodyElseChangedMeanwhileIsTold() {
        json(served.post("/api/testset", question("both").toString()));
        var seen = version("both");
        json(served.send("PATCH", "/api/testset/both", "{\"version\": \"" + seen + "\", \"question\": \"Mine?\"}"));

        var second =
                served.send("PATCH", "/api/testset/both", "{\"version\": \"" + seen + "\", \"question\": \"Yours?\"}");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(error(second).path("message").asText()).contains("meanwhile");
        assertThat(served.send("DELETE", "/api/testset/both?version=" + seen, "")
                        .statusCode())
                .isEqualTo(409);
        assertThat(json(served.get("/api/testset/both")).path("question").asText())
                .isEqualTo("Mine?");
    }

    private static String ask(String question) {
        var answer = json(served.post(
                "/v1/chat/completions",
                "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\": \"" + question
                        + "\"}]}"));
        return answer.path("id").asText();
    }

    private static JsonNode feedback(String answer, String rest) {
        var reply = served.post("/api/feedback", "{\"answer_id\": \"" + answer + "\", " + rest + "}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
        return tree(reply.body());
    }

    @Test
    void feedbackIsKeptWithTheAnswerAndMadeATestCaseAndATrainingExample() throws IOException {
        var answer = ask("How many weeks of parental leave do employees get?");
        var id = feedback(
                        answer,
                        "\"rating\": \"down\", \"reasons\": [\"incomplete\"], \"correction\": \"16 weeks after a birth.\"")
                .path("id")
                .asLong();

        var kept = json(served.get("/api/feedback")).path("feedback");
        var mine = java.util.stream.StreamSupport.stream(kept.spliterator(), false)
                .filter(each -> each.path("id").asLong() == id)
                .findFirst()
                .orElseThrow();
        assertThat(mine.at("/context/answer").asText()).contains("16 weeks");
        assertThat(mine.at("/context/messages/0/content").asText()).contains("parental leave");
        assertThat(mine.at("/context/sources/0/document").asText()).isEqualTo("leave.md");
        assertThat(mine.at("/context/passages")).isNotEmpty();
        assertThat(mine.at("/context/configuration").has("answer.passages")).isTrue();

        var made = json(served.post("/api/feedback/" + id + "/test-case", ""));
        assertThat(json(served.post("/api/feedback/" + id + "/test-case", ""))).isEqualTo(made);
        var testCase = json(served.get("/api/testset/" + made.path("test_case").asText()));
        assertThat(testCase.at("/answers/0").asText()).isEqualTo("16 weeks after a birth.");
        assertThat(testCase.path("origin").asText()).isEqualTo("feedback");
        assertThat(testCase.path("reviewed").asBoolean()).isFalse();

        json(served.post("/api/feedback/" + id + "/training-example", ""));
        json(served.post("/api/feedback/" + id + "/training-example", ""));
        var examples = Files.readAllLines(workspace.folder().resolve("training.jsonl"));
        assertThat(examples.stream().filter(line -> line.contains("16 weeks after a birth.")))
                .singleElement()
                .satisfies(line ->
                        assertThat(tree(line).at("/messages/1/role").asText()).isEqualTo("assistant"));
    }

    @Test
    void aSecondThoughtTakesThePlaceOfTheFirst() {
        var answer = ask("On which port is the VPN?");
        var first = feedback(answer, "\"rating\": \"down\"");
        assertThat(served.post("/api/feedback/" + first.path("id").asLong() + "/test-case", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(feedback(answer, "\"rating\": \"up\"")).isEqualTo(first);
        json(served.post("/api/feedback/" + first.path("id").asLong() + "/test-case", ""));
    }

    @Test
    void nobodyRatesWhatWasAnsweredToOthers(@TempDir Path other) {
        var kb = Served.workspace(other);
        var keys = new ApiKeys(kb.folder(), Clock.systemUTC());
        var ann = "Bearer "
                + keys.create("ann", Role.ASK, Set.of(), Optional.empty()).secret();
        var ben = "Bearer "
                + keys.create("ben", Role.ASK, Set.of(), Optional.empty()).secret();
        String id;
        try (var guarded = Served.start(kb)) {
            id = json(guarded.post(
                            "/v1/chat/completions",
                            "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\": \"VPN port?\"}]}",
                            "Authorization",
                            ann))
                    .path("id")
                    .asText();
            var body = "{\"answer_id\": \"" + id + "\", \"rating\": \"up\"}";
            assertThat(guarded.post("/api/feedback", body, "Authorization", ben).statusCode())
                    .isEqualTo(404);
            assertThat(guarded.post("/api/feedback", body, "Authorization", ann).statusCode())
                    .isEqualTo(201);
            assertThat(guarded.get("/api/feedback", "Authorization", ann).statusCode())
                    .isEqualTo(403);
        }
        // Answers are kept when the server starts anew.
        try (var again = Served.start(kb)) {
            var body = "{\"answer_id\": \"" + id + "\", \"rating\": \"down\"}";
            assertThat(again.post("/api/feedback", body, "Authorization", ann).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void runsAreListedShownAndCompared() {
        assertThat(served.get("/api/runs/last").statusCode()).isEqualTo(404);
        var store = RunStore.open(workspace.runsPlace());
        run(store, "first", 0.2);
        run(store, "second", 0.8);

        assertThat(json(served.get("/api/runs")).path("runs"))
                .extracting(run -> run.path("id").asText())
                .containsExactly("second", "first");
        var shown = json(served.get("/api/runs/last"));
        assertThat(shown.at("/run/metrics/0/value").asDouble()).isEqualTo(0.8);
        assertThat(shown.at("/examples/0/answer").asText()).isEqualTo("1194");
        var diff = json(served.get("/api/runs/first/diff/second"));
        assertThat(diff.at("/better/0/difference").asDouble())
                .isCloseTo(0.6, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(served.get("/api/runs/first/diff/third").statusCode()).isEqualTo(404);
    }

    private static void run(RunStore store, String id, double f1) {
        var testCase = new TestCase(
                "a",
                "On which port is the VPN?",
                List.of("1194"),
                List.of("vpn.md"),
                QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
        var answer = new StrategyAnswer("1194", false, List.of(), List.of(), Map.of("total", 1.0), 0, 0);
        var begun = new EvaluationRun(
                id, "rag", "q.jsonl", "hash", Map.of(), 1, "test", Instant.EPOCH, Optional.empty(), List.of());
        store.begin(begun);
        store.add(
                id, 0, new ExampleResult(testCase, Optional.of(answer), Optional.empty(), Map.of("f1", f1), List.of()));
        store.finish(new EvaluationRun(
                id,
                "rag",
                "q.jsonl",
                "hash",
                Map.of(),
                1,
                "test",
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                List.of(new MetricSummary("f1", "all", f1, Optional.empty(), 1, 0))));
    }

    @Test
    void theLastComparisonAndTheStatusAreTold() throws IOException {
        assertThat(served.get("/api/comparison").statusCode()).isEqualTo(404);
        Files.writeString(workspace.folder().resolve("comparison.json"), """
                {"time": "2026-11-26T10:00:00Z", "test_set": "q.jsonl", "test_set_hash": "h", "outcome": "winner",
                 "winner": "rag", "best_guess": "rag", "approach": "rag", "sentence": "RAG is best.", "more": 1}""");
        assertThat(json(served.get("/api/comparison")).path("winner").asText()).isEqualTo("rag");

        var status = json(served.get("/api/status"));
        assertThat(status.path("documents").asInt()).isEqualTo(3);
        assertThat(status.path("stale").asBoolean()).isFalse();
        assertThat(status.path("models")).isNotEmpty();
    }

    @Test
    void thePageOfTheApiNeedsNothingFromElsewhere() {
        var page = served.get("/docs");
        assertThat(page.headers().firstValue("Content-Type")).get().asString().startsWith("text/html");
        assertThat(page.body())
                .contains("/docs/docs.js", "/docs/docs.css")
                .doesNotContain("http:", "https:", "style=", "onclick");
        assertThat(served.get("/docs/docs.js").headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/javascript");
        assertThat(served.get("/docs/docs.js").body()).contains("/openapi.json").doesNotContain("innerHTML", "eval(");
        assertThat(served.get("/docs/docs.css").statusCode()).isEqualTo(200);
    }
}
