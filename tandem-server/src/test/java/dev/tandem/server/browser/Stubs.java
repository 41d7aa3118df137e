package dev.tandem.server.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Replies about evaluations and tunings, which would take hours to come about; the shapes are the API's. Everything else is the server's own. */
final class Stubs {
    private Stubs() {}

    /** Answers in the server's place, for one page. */
    static void of(Page page) {
        page.route(path("/api/jobs(\\?.*|/ftjob.*)"), Stubs::tunings);
        page.route(path("/api/runs.*"), Stubs::runs);
        page.route(path("/api/comparison"), route -> reply(route, """
                {"time": "2026-11-20T10:00:00Z", "test_set": "testset.jsonl", "test_set_hash": "h", "outcome": "winner",
                 "winner": "hybrid", "best_guess": "hybrid", "sentence": "hybrid answers 83% right, rag 78%."}"""));
    }

    private static java.util.regex.Pattern path(String path) {
        return java.util.regex.Pattern.compile("http://[^/]+" + path);
    }

    private static void tunings(Route route) {
        var url = route.request().url();
        if (url.contains("/events")) {
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody(losses()));
        } else if (url.contains("/api/jobs/ftjob")) {
            reply(route, """
                    {"id": "ftjob-1", "kind": "tune", "status": "succeeded", "cancelling": false, "asked_by": "anna",
                     "created": "2026-11-26T10:00:00Z", "result": {"adapter": "support-1", "held_out_loss": 1.2}}""");
        } else {
            reply(route, """
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

    private static void runs(Route route) {
        var url = route.request().url();
        if (url.contains("/diff/")) {
            reply(route, """
                    {"first": "r-1", "second": "r-2", "common": 118, "configuration": [], "worse": [], "better": [],
                     "metrics": [{"metric": "correct", "first": 0.78, "second": 0.83, "difference": 0.05, "low": 0.01, "high": 0.09,
                      "beyond_chance": true, "examples": 118}]}""");
        } else if (url.contains("/api/runs/")) {
            reply(route, """
                    {"run": %s, "total": 2, "examples": [
                     {"id": "a", "question": "How long is parental leave?", "type": "answerable", "answer": "16 weeks", "metrics": {"correct": 1}, "unsupported": []},
                     {"id": "b", "question": "What is the port?", "type": "answerable", "failure": "The model did not answer within 60 s.", "metrics": {}, "unsupported": []}]}""".formatted(run("r-1", "rag", "0.78")));
        } else {
            reply(
                    route,
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

    private static void reply(Route route, String body) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body));
    }
}
