package dev.tandem.server.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.Role;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.EventStream;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.http.Requests;
import dev.tandem.server.job.Job;
import dev.tandem.server.job.Jobs;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /api/jobs}: what runs in the background, how far it is, and its end. */
public final class JobEndpoints {
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final int EVENTS_AT_ONCE = 1_000;

    private final Jobs jobs;

    /** A job. */
    @Description("Work in the background.")
    public record View(
            String id,
            @Description("ingest or tune.") String kind,

            @Description("queued, running, succeeded, failed or cancelled.")
            String status,

            @Description("Whether somebody asked that it end.")
            boolean cancelling,

            @Description("The name of the key that asked for it.")
            String askedBy,

            Instant created,
            Optional<Instant> started,
            Optional<Instant> finished,

            @Description("What came of it, once it has succeeded.")
            Optional<JsonNode> result,

            @Description("Why it failed.") Optional<String> error,

            @Description("Whether it ended early and left something that it can go on from.")
            boolean resumable) {}

    /** Several. */
    public record Listed(List<View> jobs, boolean more) {}

    /** Something that happened to one. */
    @Description("Something that happened to a job, in the order of the numbers.")
    public record Event(
            long number,
            Instant at,

            @Description("status, progress, remark or metrics.")
            String type,

            String message,
            Optional<JsonNode> data) {}

    public JobEndpoints(Jobs jobs) {
        this.jobs = jobs;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/jobs")
                        .needs(Role.EDIT)
                        .does("Jobs", "List jobs, the newest first.")
                        .inQuery("kind", "string", "ingest or tune; all unless given.")
                        .inQuery("after", "string", "Only jobs older than the one of this id.")
                        .inQuery("limit", "integer", "How many, 1 to 100; 20 unless given.")
                        .gives(Listed.class)
                        .by(this::list),
                Endpoint.get("/api/jobs/{id}")
                        .needs(Role.EDIT)
                        .does("Jobs", "Tell how a job stands.")
                        .inPath("id", "The job's.")
                        .gives(View.class)
                        .by(context -> Api.reply(context, view(job(context), jobs))),
                Endpoint.post("/api/jobs/{id}/cancel")
                        .needs(Role.EDIT)
                        .does("Jobs", "End a job: at once if it waits, at its next step if it runs.")
                        .inPath("id", "The job's.")
                        .gives(View.class)
                        .by(context -> Api.reply(context, view(jobs.cancel(job(context)), jobs))),
                Endpoint.post("/api/jobs/{id}/resume")
                        .needs(Role.EDIT)
                        .does("Jobs", "Have a tuning that was cancelled or failed go on from its last checkpoint.")
                        .inPath("id", "The job's.")
                        .gives(View.class)
                        .by(context -> Api.reply(context, view(jobs.resume(job(context)), jobs))),
                Endpoint.get("/api/jobs/{id}/events")
                        .needs(Role.EDIT)
                        .does("Jobs", "Follow a job to its end; with Last-Event-ID, from where one was.")
                        .inPath("id", "The job's.")
                        .inQuery("after", "integer", "Only events behind this number.")
                        .streams(Event.class)
                        .by(this::follow));
    }

    private void list(Context context) {
        int limit = Requests.number(context, "limit", USUAL, 1, MOST);
        var found = jobs.list(Requests.text(context, "kind"), Requests.text(context, "after"), limit + 1);
        Api.reply(
                context,
                new Listed(
                        found.stream().limit(limit).map(job -> view(job, jobs)).toList(), found.size() > limit));
    }

    private void follow(Context context) {
        var id = job(context).id();
        long after = after(context);
        EventStream.send(
                context,
                send -> follow(id, after, send),
                failure -> JsonBodies.text(Api.of(failure).body()));
    }

    private void follow(String id, long after, Consumer<String> send) {
        long seen = after;
        boolean more = true;
        try {
            while (more) {
                // In this order, so that what happens meanwhile is seen in the next round.
                long version = jobs.version();
                boolean over = jobs.find(id).map(job -> job.status().isOver()).orElse(true);
                var events = jobs.events(id, seen, EVENTS_AT_ONCE);
                for (var event : events) {
                    send.accept(EventStream.numbered(event.number(), JsonBodies.text(view(event))));
                    seen = event.number();
                }
                more = events.size() == EVENTS_AT_ONCE || !over && jobs.awaitChange(version);
            }
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }

    private static long after(Context context) {
        var last = context.header("Last-Event-ID");
        if (last != null && last.matches("\\d{1,18}")) {
            return Long.parseLong(last);
        }
        return Requests.number(context, "after", 0, 0, Integer.MAX_VALUE);
    }

    private Job job(Context context) {
        var id = context.pathParam("id");
        return jobs.find(id)
                .orElseThrow(
                        () -> ApiError.unknown("There is no job '" + id + "': /api/jobs lists all.", "job_not_found"));
    }

    /** A job as it is sent. */
    static View view(Job job, Jobs jobs) {
        return new View(
                job.id(),
                job.kind(),
                job.status().name().toLowerCase(Locale.ROOT),
                job.cancelling(),
                job.askedBy(),
                job.created(),
                job.started(),
                job.finished(),
                job.result(),
                job.error(),
                jobs.canGoOn(job));
    }

    private static Event view(Job.Event event) {
        return new Event(
                event.number(),
                event.at(),
                event.type().name().toLowerCase(Locale.ROOT),
                event.message(),
                event.data());
    }
}
