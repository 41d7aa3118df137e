package dev.tandem.server;

import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.RequestListener;
import dev.tandem.server.log.AccessLog;
import dev.tandem.server.log.LogLines;
import dev.tandem.server.monitor.Metrics;
import dev.tandem.server.monitor.Otlp;
import dev.tandem.server.monitor.Telemetry;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.watch.WatchListener;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What watches a server: its log, its metrics, and spans where there is somewhere to send them. */
record Observation(LogLines log, Metrics metrics, Optional<Telemetry> telemetry) implements AutoCloseable {
    static Observation open(Workspace workspace, ServeSettings settings, Turns turns, Engine engine, String version) {
        var log = LogLines.open(settings.log(), settings.logFile().map(workspace::resolve));
        var telemetry = settings.otlpEndpoint().map(endpoint -> new Telemetry(Otlp.to(endpoint, version)));
        return new Observation(log, new Metrics(turns, engine::index), telemetry);
    }

    List<RequestListener> requests() {
        var all = new ArrayList<RequestListener>(List.of(new AccessLog(log), metrics));
        telemetry.ifPresent(all::add);
        return all;
    }

    List<AnswerListener> answers() {
        var all = new ArrayList<AnswerListener>(List.of(metrics));
        telemetry.ifPresent(all::add);
        return all;
    }

    List<WatchListener> watching() {
        var all = new ArrayList<WatchListener>(List.of(metrics));
        telemetry.ifPresent(all::add);
        return all;
    }

    @Override
    public void close() {
        telemetry.ifPresent(Telemetry::close);
        metrics.close();
        log.close();
    }
}
