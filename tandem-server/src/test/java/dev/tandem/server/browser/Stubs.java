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

    /** A workspace that was watched for a week, in which what is asked has changed. */
    static void monitored(Page page) {
        page.route(path("/api/monitoring.*"), route -> reply(route, """
                {"time": "2026-11-27T00:00:00Z", "judging": {"share": 0.1, "per_minute": 6, "judged": 196}, "drift": true,
                 "metrics": [
                  {"metric": "questions", "missing": 0, "observed": 1200, "drifting": true,
                   "baseline": {"time": "2026-11-20T10:00:00Z", "source": "live", "size": 500}, "looks": [%s]},
                  {"metric": "faithfulness", "missing": 0, "observed": 90, "drifting": false,
                   "baseline": {"time": "2026-11-21T10:00:00Z", "source": "live", "size": 100, "mean": 0.913},
                   "looks": [{"time": "2026-11-26T10:00:00Z", "observed": 90, "window": 50, "size": 0.004, "by_chance": 0, "p_value": 0.31,
                    "level": 0.0001, "mean": 0.909, "drifting": false}]},
                  {"metric": "thumbs_down", "missing": 61, "observed": 0, "drifting": false, "looks": []}],
                 "periods": [%s],
                 "unusual": [{"question": "Can I pay my invoice in Swiss francs?", "nearest": 0.51},
                  {"question": "Which customs form does a parcel to Norway need?", "nearest": 0.55}],
                 "alerts": [
                  {"id": "alert_1", "rule": "questions drift", "metric": "questions", "fired": "2026-11-26T10:00:00Z",
                   "sentence": "What is asked has changed: the newest 100 questions differ from the 500 of the baseline by more than chance explains (p = 7e-05).",
                   "look": "Look at the newest questions: if not, add documents (`tandem monitor baseline`).",
                   "deliveries": [{"channel": "log", "address": "the log", "state": "fired"}, {"channel": "webhook", "address": "chat.example.com",
                    "state": "fired", "trouble": "The webhook at chat.example.com was not told: it answered with HTTP status 500."}]},
                  {"id": "alert_0", "rule": "gate fails", "metric": "gate", "fired": "2026-11-22T10:00:00Z", "sentence": "The gate failed on run r-1.",
                   "look": "", "mended": "2026-11-23T10:00:00Z", "mended_sentence": "The gate passes again, on run r-2.", "deliveries": []}],
                 "rules": ["questions drift", "gate fails"],
                 "channels": [{"channel": "log", "address": "the log"}, {"channel": "webhook", "address": "chat.example.com"}]}""".formatted(looks(), periods())));
    }

    private static String looks() {
        return IntStream.rangeClosed(2, 48)
                .mapToObj(i -> """
                        {"time": "2026-11-26T10:00:00Z", "observed": %d, "window": 100, "size": %.5f, "by_chance": 0.0001, "p_value": %s,
                         "level": 0.0002, "drifting": %b}""".formatted(
                                25 * i, 0.001 * Math.sin(i) + (i > 40 ? 0.02 : 0), i > 40 ? "0.00007" : "0.4", i > 40))
                .collect(Collectors.joining(","));
    }

    private static String periods() {
        return IntStream.range(0, 48)
                .mapToObj(i -> """
                        {"from": "%s", "answers": 40, "declined": %.3f, "failed": 0, "latency": %d, "latency95": %d, "judged": 4,
                         "faithfulness": %.3f, "answer_relevancy": 0.8}""".formatted(
                                java.time.Instant.parse("2026-11-20T00:00:00Z").plusSeconds(12_600L * i),
                                0.1 + 0.05 * Math.sin(i),
                                120 + 10 * (i % 5),
                                400 + 30 * (i % 7),
                                0.9 + 0.03 * Math.cos(i)))
                .collect(Collectors.joining(","));
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
