package dev.tandem.server.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Replies in the place of a server that would need hours of evaluations and tunings to have them; the shapes are the API's. */
final class Stubs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CASES = 5_000;

    private final List<ObjectNode> cases = new ArrayList<>(IntStream.range(0, CASES)
            .mapToObj(i -> (ObjectNode) tree("""
                    {"id": "q-%04d", "question": "How long is the notice of a contract of kind %d?", "answers": ["%d days"],
                     "documents": ["contracts.md"], "type": "answerable", "reviewed": false, "version": "1"}""".formatted(i, i, i)))
            .toList());
    private final List<String> feedback = new ArrayList<>();

    private Stubs() {}

    /** Answers in the server's place, for one page. */
    static Stubs of(Page page) {
        var stubs = new Stubs();
        page.route(path("/api/testset.*"), stubs::testSet);
        page.route(path("/api/documents.*"), stubs::documents);
        page.route(path("/api/jobs.*"), stubs::jobs);
        page.route(path("/api/runs.*"), stubs::runs);
        page.route(path("/api/comparison"), route -> reply(route, 200, """
                {"time": "2026-11-20T10:00:00Z", "test_set": "testset.jsonl", "test_set_hash": "h", "outcome": "winner",
                 "winner": "hybrid", "best_guess": "hybrid", "sentence": "hybrid answers 83% right, rag 78%."}"""));
        page.route(path("/api/status"), route -> reply(route, 200, """
                {"version": "1", "uptime_seconds": 90, "documents": 3, "passages": 3, "embedding": "bge", "models": [], "size": 9000,
                 "sources": [], "changed": 0, "missing": 0, "stale": false, "waiting": 0}"""));
        page.route(
                path("/metrics"),
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/plain").setBody("""
                # HELP tandem_answers_total Answers
                tandem_answers_total{model="tandem/rag",outcome="answered"} 30.0
                tandem_answers_total{model="tandem/rag",outcome="declined"} 10.0
                tandem_answer_seconds_bucket{model="tandem/rag",le="0.1"} 20
                tandem_answer_seconds_bucket{model="tandem/rag",le="+Inf"} 40
                """)));
        page.route(path("/api/feedback.*"), stubs::feedback);
        return stubs;
    }

    private static java.util.regex.Pattern path(String path) {
        return java.util.regex.Pattern.compile("http://[^/]+" + path);
    }

    /** What was sent as feedback. */
    List<String> feedback() {
        return feedback;
    }

    /** Changes a question as another person would. */
    void changeBehindTheBack(String id, String answer) {
        one(id).put("version", "theirs").putArray("answers").add(answer);
    }

    ObjectNode one(String id) {
        return cases.stream()
                .filter(each -> each.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    int cases() {
        return cases.size();
    }

    private void testSet(Route route) {
        var request = route.request();
        var uri = URI.create(request.url());
        var query = query(uri);
        var steps = uri.getPath().split("/");
        if (steps.length == 3) {
            int offset = Integer.parseInt(query.get("offset"));
            int end = Math.min(cases.size(), offset + Integer.parseInt(query.get("count")));
            reply(
                    route,
                    200,
                    JSON.createObjectNode()
                            .put("total", cases.size())
                            .set("cases", JSON.valueToTree(cases.subList(Math.min(offset, end), end))));
            return;
        }
        var found = one(steps[3]);
        var body = request.postData() == null ? JSON.createObjectNode() : (ObjectNode) tree(request.postData());
        var version = body.has("version") ? body.remove("version").asText() : query.getOrDefault("version", "");
        if (request.method().equals("GET")) {
            reply(route, 200, found);
        } else if (!version.equals(found.path("version").asText())) {
            error(route, 409, "Somebody has changed this question meanwhile.", "conflict");
        } else if (request.method().equals("DELETE")) {
            cases.remove(found);
            reply(route, 200, "{\"id\": \"x\", \"deleted\": true}");
        } else {
            found.setAll(steps.length > 4 ? JSON.createObjectNode().put("reviewed", true) : body);
            found.put("version", version + "+");
            reply(route, 200, found);
        }
    }

    private void documents(Route route) {
        var request = route.request();
        if (request.url().contains("/content")) {
            reply(route, 200, """
                    {"path": "leave.md", "title": "Parental leave", "passages": [{"id": "leave.md#0", "ordinal": 0, "headings": [],
                     "page": 0, "location": "Parental leave", "text": "Employees get 16 weeks\\nof parental leave after a birth."}]}""");
        } else if (request.method().equals("GET")) {
            reply(route, 200, """
                    {"total": 1, "documents": [{"path": "leave.md", "title": "Parental leave", "format": "markdown", "size": 812,
                     "modified": "2026-10-01T10:00:00Z", "passages": 1, "uploaded": true, "metadata": {"department": ["hr"]}}]}""");
        } else if (request.method().equals("POST")
                && request.postData() != null
                && request.postData().contains("huge")) {
            error(
                    route,
                    413,
                    "The upload is longer than 50 MB: send less, or raise serve.max_upload in tandem.yaml.",
                    "too_large");
        } else {
            boolean broken = request.postData() != null && request.postData().contains("broken");
            reply(
                    route,
                    202,
                    "{\"paths\": [], \"job\": {\"id\": \"" + (broken ? "job-broken" : "job-good")
                            + "\", \"status\": \"queued\"}}");
        }
    }

    private void jobs(Route route) {
        var url = route.request().url();
        if (url.contains("/events")) {
            var events = url.contains("ftjob")
                    ? losses()
                    : event(1, "progress", "{\"task\": \"Embedding\", \"done\": 1, \"total\": 2}");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody(events));
        } else if (url.contains("/api/jobs/ftjob")) {
            reply(route, 200, """
                    {"id": "ftjob-1", "kind": "tune", "status": "succeeded", "cancelling": false, "asked_by": "anna",
                     "created": "2026-11-26T10:00:00Z", "result": {"adapter": "support-1", "held_out_loss": 1.2}}""");
        } else if (url.contains("/api/jobs/job-")) {
            reply(route, 200, """
                    {"id": "job", "kind": "ingest", "status": "succeeded", "cancelling": false, "asked_by": "anna",
                     "created": "2026-11-26T10:00:00Z", "result": {"added": 1, "updated": 0, "deleted": 0, "skipped": [%s]}}""".formatted(
                            url.contains("broken") ? "{\"path\": \"broken.pdf\", \"reason\": \"is damaged\"}" : ""));
        } else {
            reply(route, 200, """
                    {"more": false, "jobs": [{"id": "ftjob-1", "kind": "tune", "status": "running", "cancelling": false,
                     "asked_by": "anna", "created": "2026-11-26T10:00:00Z"}]}""");
        }
    }

    private static String losses() {
        return IntStream.rangeClosed(1, 2_000)
                .mapToObj(i -> event(
                        i,
                        "metrics",
                        "{\"step\": %d, \"total_steps\": 2000, \"train_loss\": %.4f%s}"
                                .formatted(
                                        i,
                                        0.5 + 3 * Math.exp(-i / 500.0),
                                        i % 100 == 0 ? ", \"valid_loss\": 1.0" : "")))
                .collect(Collectors.joining());
    }

    private static String event(int number, String type, String data) {
        return "data: {\"number\": %d, \"at\": \"2026-11-26T10:00:00Z\", \"type\": \"%s\", \"message\": \"\", \"data\": %s}\n\n"
                .formatted(number, type, data);
    }

    private void runs(Route route) {
        var url = route.request().url();
        if (url.contains("/diff/")) {
            reply(route, 200, """
                    {"first": "r-1", "second": "r-2", "common": 118, "configuration": [], "worse": [], "better": [],
                     "metrics": [{"metric": "correct", "first": 0.78, "second": 0.83, "difference": 0.05, "low": 0.01, "high": 0.09,
                      "beyond_chance": true, "examples": 118}]}""");
        } else if (url.contains("/api/runs/")) {
            reply(route, 200, """
                    {"run": %s, "total": 2, "examples": [
                     {"id": "a", "question": "How long is parental leave?", "type": "answerable", "answer": "16 weeks", "metrics": {"correct": 1}, "unsupported": []},
                     {"id": "b", "question": "What is the port?", "type": "answerable", "failure": "The model did not answer within 60 s.", "metrics": {}, "unsupported": []}]}""".formatted(run("r-1", "rag", "0.78")));
        } else {
            reply(
                    route,
                    200,
                    "{\"runs\": [" + run("r-2", "hybrid", "0.83") + "," + run("r-1", "rag", "0.78")
                            + "], \"total\": 2}");
        }
    }

    private static String run(String id, String strategy, String correct) {
        return """
                {"id": "%s", "strategy": "%s", "test_set": "testset.jsonl", "test_set_hash": "h", "configuration": {"retrieval.count": "8"}, "seed": 1,
                 "tandem_version": "1", "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:20:00Z",
                 "metrics": [{"metric": "correct", "type": "all", "value": %s, "low": 0.7, "high": 0.9, "examples": 118, "missing": 0}]}""".formatted(id, strategy, correct);
    }

    private void feedback(Route route) {
        if (route.request().method().equals("POST")) {
            feedback.add(route.request().postData());
            reply(route, 201, "{\"id\": 1}");
        } else {
            reply(route, 200, """
                    {"total": 1, "feedback": [{"id": 1, "time": "2026-11-26T10:00:00Z", "caller": "anna", "rating": "down", "reasons": ["wrong"],
                     "correction": "16 weeks.", "training_example": false, "context": {"id": "c", "time": "2026-11-26T10:00:00Z", "caller": "anna",
                      "model": "tandem/rag", "messages": [{"role": "user", "content": "How long is leave?"}], "answer": "6 weeks [1]",
                      "declined": false, "sources": [], "passages": [], "configuration": {}, "milliseconds": 120}}]}""");
        }
    }

    private static Map<String, String> query(URI uri) {
        return uri.getQuery() == null
                ? Map.of()
                : Arrays.stream(uri.getQuery().split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static void error(Route route, int status, String message, String code) {
        var body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", "x")
                .put("code", code)
                .putNull("param");
        reply(route, status, body);
    }

    private static void reply(Route route, int status, Object body) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/json")
                .setBody(body.toString()));
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
