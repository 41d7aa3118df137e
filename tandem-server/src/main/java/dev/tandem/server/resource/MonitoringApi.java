package dev.tandem.server.resource;

import dev.tandem.server.access.Role;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import dev.tandem.server.watch.AlertDesk;
import dev.tandem.server.watch.MonitoringReport;
import dev.tandem.server.watch.NewBaseline;
import dev.tandem.server.watch.Reporting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code /api/monitoring}: how live answers do, and what was told of them. */
public record MonitoringApi(Reporting reporting, NewBaseline baseline, AlertDesk desk) {
    private static final int WEEK = 168;
    private static final int YEAR = 8_784;

    /** What was taken. */
    @Description(
            "What is usual from now on: observations by metric; 0 where there were too few and the baseline before stays.")
    public record Taken(List<NewBaseline.Taken> metrics) {
        public Taken {
            metrics = List.copyOf(metrics);
        }
    }

    /** What came of a test. */
    public record Tested(List<Told> channels) {
        public Tested {
            channels = List.copyOf(channels);
        }
    }

    /** By a channel. */
    public record Told(
            String channel,
            String address,

            @Description("Why nobody was told.") Optional<String> trouble) {}

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/monitoring")
                        .needs(Role.EDIT)
                        .does("Monitoring", "Tell how live answers do: drift, judged quality, alerts.")
                        .inQuery("hours", "integer", "Of how much time, 1 to 8784; 168, a week, unless given.")
                        .gives(MonitoringReport.class)
                        .by(context -> Api.reply(
                                context,
                                reporting.of(Duration.ofHours(Requests.number(context, "hours", WEEK, 1, YEAR))))),
                Endpoint.post("/api/monitoring/baseline")
                        .needs(Role.EDIT)
                        .does("Monitoring", "Take the newest questions, scores and times as what is usual.")
                        .gives(Taken.class)
                        .by(context -> Api.reply(context, new Taken(baseline.take()))),
                Endpoint.post("/api/monitoring/test-alert")
                        .needs(Role.ADMIN)
                        .does(
                                "Monitoring",
                                "Send a test alert by every channel that is set up, and tell what came of it.")
                        .gives(Tested.class)
                        .by(context -> Api.reply(
                                context,
                                new Tested(desk.test().stream()
                                        .map(each -> new Told(each.channel().key(), each.address(), each.trouble()))
                                        .toList()))));
    }
}
