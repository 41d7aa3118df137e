package dev.tandem.server.resource;

import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /api/status}: what the workspace holds, and whether it is up to date. */
public final class Status {
    private final Engine engine;
    private final Turns turns;
    private final Clock clock;
    private final String version;
    private final Instant started;

    /** A workspace. */
    @Description("What the workspace holds, and whether an ingest would change it.")
    public record Workspace(
            String version,
            long uptimeSeconds,
            int documents,
            int passages,

            @Description("The embedding model that the index was made with; empty before the first ingest.")
            String embedding,

            List<String> models,

            @Description("Bytes of what Tandem made from the documents.")
            long size,

            @Description("Bytes of the earlier versions of uploaded documents.")
            long versionsSize,

            List<Source> sources,
            Optional<Instant> lastIngest,

            @Description("Documents whose file has changed since.")
            int changed,

            @Description("Documents whose file is gone.") int missing,

            @Description("Whether an ingest has something to do, as far as known without reading all.")
            boolean stale,

            @Description("Requests that wait for their turn.")
            int waiting) {}

    /** Where documents come from. */
    public record Source(String path, boolean exists) {}

    public Status(Engine engine, Turns turns, Clock clock, String version) {
        this.engine = engine;
        this.turns = turns;
        this.clock = clock;
        this.version = version;
        this.started = clock.instant();
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/status")
                .needs(Role.EDIT)
                .does("Monitoring", "Tell what the workspace holds, and whether it is up to date.")
                .gives(Workspace.class)
                .by(context -> Api.reply(context, now())));
    }

    private Workspace now() {
        var status = engine.status();
        return new Workspace(
                version,
                Duration.between(started, clock.instant()).toSeconds(),
                status.documents(),
                status.passages(),
                status.embedding(),
                engine.models().stream().map(ServedModel::id).toList(),
                status.size().bytes(),
                status.versions().bytes(),
                status.sources().stream()
                        .map(source -> new Source(source.path().toString(), source.exists()))
                        .toList(),
                status.lastIngest(),
                status.changed(),
                status.missing(),
                status.stale(),
                turns.waiting());
    }
}
