package dev.tandem.server;

import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.resource.MonitoringApi;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.server.watch.AlertDesk;
import dev.tandem.server.watch.NewBaseline;
import dev.tandem.server.watch.Reporting;
import dev.tandem.server.watch.WatchListener;
import dev.tandem.server.watch.Watching;
import dev.tandem.workspace.alert.Alerts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a server watches its own answers, and who is told. */
record MonitoringService(Optional<Watching> watching, List<Endpoint> endpoints) implements AutoCloseable {
    private static final Logger ALERTS = LoggerFactory.getLogger("dev.tandem.alert");

    static MonitoringService open(
            Engine engine, ServerDatabase database, Turns turns, List<? extends WatchListener> told, Clock clock) {
        var workspace = engine.workspace();
        var settings = workspace.settings();
        var channels = Alerts.of(settings.alerts(), System.getenv(), ALERTS::warn);
        var desk = new AlertDesk(String.valueOf(workspace.folder().getFileName()), database, channels, clock);
        var parts = new Watching.Parts(
                settings,
                workspace.testSetFile(),
                database,
                engine::encoder,
                EmbeddedJudge::open,
                turns::idle,
                desk,
                WatchListener.all(told),
                clock);
        var watching =
                settings.monitoring().judged() > 0 || settings.monitoring().drift()
                        ? Optional.of(Watching.begin(parts))
                        : Optional.<Watching>empty();
        var api = new MonitoringApi(
                new Reporting(database, settings, channels, clock),
                new NewBaseline(database, settings.monitoring(), clock),
                desk);
        return new MonitoringService(watching, api.endpoints());
    }

    List<AnswerListener> answers() {
        return watching.<List<AnswerListener>>map(each -> List.of(each.answers()))
                .orElse(List.of());
    }

    @Override
    public void close() {
        watching.ifPresent(Watching::close);
    }
}
