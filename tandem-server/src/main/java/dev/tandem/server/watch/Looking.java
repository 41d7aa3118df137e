package dev.tandem.server.watch;

import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.AlertRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Compares what is new and holds the rules against it. For one thread. */
final class Looking {
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Comparison comparison;
    private final LiveStore store;
    private final Rules rules;
    private final AlertDesk desk;
    private final List<AlertRule> all;
    private final Supplier<String> encoder;
    private final WatchListener listener;
    private final Clock clock;
    private final Runnable testSetBaseline;
    private final Map<AlertMetric, Long> seen = new EnumMap<>(AlertMetric.class);
    private long seenQuestion;
    private Instant tried = Instant.MIN;

    /**
     * @param encoder the id of the embedding model of now
     * @param testSetBaseline freezes the test set's questions as baseline, where the settings say so and there is none
     */
    Looking(
            Comparison comparison,
            LiveStore store,
            AlertDesk desk,
            List<AlertRule> rules,
            Supplier<String> encoder,
            Runnable testSetBaseline,
            WatchListener listener,
            Clock clock) {
        this.comparison = comparison;
        this.store = store;
        this.rules = new Rules(rules, store, desk);
        this.desk = desk;
        this.all = List.copyOf(rules);
        this.encoder = encoder;
        this.testSetBaseline = testSetBaseline;
        this.listener = listener;
        this.clock = clock;
    }

    /** At the start, and now and then. */
    void begin() {
        desk.forgetOthers(all);
    }

    /** Looks, as far as there is something new. */
    void look() {
        if (clock.instant().minus(AGAIN).isAfter(tried)) {
            tried = clock.instant();
            desk.tryAgain();
        }
        // Before the first question nobody knows whether the embedding model can be had.
        long question = store.lastQuestion();
        if (question > seenQuestion) {
            seenQuestion = question;
            testSetBaseline.run();
            told(comparison.questions(encoder.get()));
        }
        for (var metric : Arrays.stream(AlertMetric.values())
                .filter(AlertMetric::isNumber)
                .toList()) {
            long newest = store.last(metric);
            if (newest > seen.getOrDefault(metric, 0L)) {
                seen.put(metric, newest);
                told(comparison.values(metric));
                rules.observed(metric);
            }
        }
    }

    private void told(List<Comparison.Looked> looks) {
        for (var looked : looks) {
            var look = looked.look();
            listener.compared(look.metric().key(), look.size(), look.pValue(), look.drifting());
            rules.looked(looked);
        }
    }
}
