package dev.tandem.server.watch;

import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.MonitoringSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the newest observations as what is usual from now on. */
public final class NewBaseline {
    /** Fewer say too little of what is usual. */
    private static final int FEWEST = 50;

    private static final int FEWEST_RARE = 20;

    private final LiveStore store;
    private final Baselines baselines;
    private final MonitoringSettings settings;
    private final Comparison comparison;

    public NewBaseline(ServerDatabase database, MonitoringSettings settings, Clock clock) {
        this.store = new LiveStore(database);
        this.baselines = new Baselines(database);
        this.settings = settings;
        this.comparison = new Comparison(store, baselines, settings, clock);
    }

    /**
     * What was taken.
     *
     * @param metric its key
     * @param size how many observations make its baseline; 0 if there were too few, so that the one before stays
     */
    public record Taken(String metric, int size) {}

    /** Takes them, for every metric that has enough. */
    public List<Taken> take() {
        var taken = new ArrayList<>(List.of(questions()));
        Arrays.stream(AlertMetric.values())
                .filter(AlertMetric::isNumber)
                .map(this::values)
                .forEach(taken::add);
        return taken;
    }

    private Taken questions() {
        var metric = AlertMetric.QUESTIONS;
        if (settings.baseline() == MonitoringSettings.Baseline.TEST_SET) {
            // The server takes the test set's as soon as it finds none.
            baselines.forget(metric);
            return new Taken(metric.key(), 0);
        }
        var encoder = store.newestEncoder().orElse("");
        var newest = store.newestVectors(encoder, Long.MAX_VALUE, Schedules.baseline(metric, settings));
        if (newest.size() < FEWEST) {
            return new Taken(metric.key(), 0);
        }
        comparison.freezeQuestions(
                newest.stream().map(LiveStore.Vector::vector).toList(),
                "live",
                encoder,
                newest.getLast().number());
        return new Taken(metric.key(), newest.size());
    }

    private Taken values(AlertMetric metric) {
        int wanted = Schedules.baseline(metric, settings);
        long last = store.last(metric);
        var newest = store.newest(metric, last, wanted);
        if (newest.size() < (wanted < settings.baselineQuestions() ? FEWEST_RARE : FEWEST)) {
            return new Taken(metric.key(), 0);
        }
        comparison.freezeValues(metric, newest, last);
        return new Taken(metric.key(), newest.size());
    }
}
