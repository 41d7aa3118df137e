package dev.tandem.server.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tandem.server.feedback.KeptAnswer;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.alert.Alerts;
import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.AlertRule;
import dev.tandem.workspace.settings.MonitoringSettings;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.util.VectorUtil;

/** Reads what was watched, for people; from the database alone, so that it needs no server. Safe for use by many threads. */
public final class Reporting {
    private static final int LOOKS = 400;
    private static final int ALERTS = 50;
    private static final int NEWEST = 200;
    private static final int UNUSUAL = 5;

    private final ServerDatabase database;
    private final LiveStore store;
    private final Baselines baselines;
    private final AlertBook alerts;
    private final MonitoringSettings settings;
    private final List<AlertRule> rules;
    private final Alerts channels;
    private final Clock clock;

    public Reporting(ServerDatabase database, WorkspaceSettings settings, Alerts channels, Clock clock) {
        this.database = database;
        this.store = new LiveStore(database);
        this.baselines = new Baselines(database);
        this.alerts = new AlertBook(database);
        this.settings = settings.monitoring();
        this.rules = settings.alerts().rules();
        this.channels = channels;
        this.clock = clock;
    }

    /** Of the time until now. */
    public MonitoringReport of(Duration time) {
        var periods = new Periods(database).of(clock.instant(), time);
        return new MonitoringReport(
                clock.instant(),
                new MonitoringReport.Judging(
                        settings.judged(),
                        settings.judgedPerMinute(),
                        periods.stream()
                                .mapToInt(MonitoringReport.Period::judged)
                                .sum()),
                settings.drift(),
                Arrays.stream(AlertMetric.values())
                        .filter(metric -> metric != AlertMetric.GATE)
                        .map(this::metric)
                        .toList(),
                periods,
                unusual(),
                alerts.newest(ALERTS),
                rules.stream().map(AlertRule::text).toList(),
                channels.channels().entrySet().stream()
                        .map(each -> new MonitoringReport.Channel(each.getKey().key(), each.getValue()))
                        .toList());
    }

    private MonitoringReport.Metric metric(AlertMetric metric) {
        var baseline = baselines.find(metric);
        if (baseline.isEmpty()) {
            int needed = Schedules.baseline(metric, settings);
            int have = metric.isNumber() ? store.after(metric, 0, needed).size() : store.questions();
            return new MonitoringReport.Metric(
                    metric.key(), Math.max(0, needed - have), Optional.empty(), 0, false, List.of());
        }
        var frozen = baseline.get();
        return new MonitoringReport.Metric(
                metric.key(),
                0,
                Optional.of(new MonitoringReport.Frozen(
                        frozen.time(),
                        frozen.source(),
                        frozen.size(),
                        metric.isNumber() ? Optional.of(frozen.mean()) : Optional.empty())),
                frozen.observed(),
                frozen.drifting(),
                baselines.looks(metric, LOOKS).stream()
                        .filter(look -> !look.time().isBefore(frozen.time()))
                        .map(Reporting::look)
                        .toList());
    }

    private static MonitoringReport.Look look(Baselines.Look look) {
        return new MonitoringReport.Look(
                look.time(),
                look.observed(),
                look.window(),
                look.size(),
                look.byChance(),
                look.pValue(),
                look.level(),
                look.mean(),
                look.drifting());
    }

    private List<MonitoringReport.Unusual> unusual() {
        var baseline = baselines.find(AlertMetric.QUESTIONS);
        if (baseline.isEmpty()) {
            return List.of();
        }
        var known = baseline.get().vectors();
        record Far(String answer, double nearest) {}
        return store.newestVectors(baseline.get().encoder(), Long.MAX_VALUE, NEWEST).stream()
                .map(each -> new Far(
                        each.answer(),
                        known.stream()
                                .mapToDouble(other -> VectorUtil.dotProduct(each.vector(), other))
                                .max()
                                .orElse(0)))
                .sorted(Comparator.comparingDouble(Far::nearest))
                .flatMap(far -> question(far.answer()).map(text -> new MonitoringReport.Unusual(text, far.nearest())))
                .limit(UNUSUAL)
                .toList();
    }

    private Stream<String> question(String answer) {
        return database.with(handle -> handle
                .createQuery("select context from feedback_answer where id = :id")
                .bind("id", answer)
                .mapTo(String.class)
                .findOne()
                .flatMap(Reporting::text)
                .stream());
    }

    private static Optional<String> text(String json) {
        try {
            return JsonBodies.mapper().readValue(json, KeptAnswer.class).question();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
