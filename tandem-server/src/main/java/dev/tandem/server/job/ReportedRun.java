package dev.tandem.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.foundation.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** A job in work, whose reports become events in the store: at most one a second of how far it is. */
final class ReportedRun implements JobRun {
    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

    private final JobStore store;
    private final String id;
    private final Clock clock;
    private final BooleanSupplier stopping;
    private final Runnable told;
    private volatile long asked = System.nanoTime();
    private volatile boolean cancelling;

    /** @param told is called after each report */
    ReportedRun(JobStore store, String id, Clock clock, BooleanSupplier stopping, Runnable told) {
        this.store = store;
        this.id = id;
        this.clock = clock;
        this.stopping = stopping;
        this.told = told;
    }

    @Override
    public boolean cancelled() {
        return stopping.getAsBoolean() || isCancelling();
    }

    /** Asks the store a few times a second at most: steps may be many. */
    private boolean isCancelling() {
        long now = System.nanoTime();
        if (!cancelling && now - asked > BETWEEN / 5) {
            asked = now;
            cancelling = store.job(id).map(Job::cancelling).orElse(true);
        }
        return cancelling;
    }

    @Override
    public void remark(String sentence) {
        tell(Job.Type.REMARK, sentence, Optional.empty());
    }

    @Override
    public void metrics(String message, JsonNode data) {
        tell(Job.Type.METRICS, message, Optional.of(data));
    }

    private void tell(Job.Type type, String message, Optional<JsonNode> data) {
        store.addEvent(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), type, message, data);
        told.run();
    }

    @Override
    public Progress progress() {
        return (label, total, unit) -> new Told(label, total, unit, false);
    }

    @Override
    public Progress stoppingProgress() {
        return (label, total, unit) -> new Told(label, total, unit, true);
    }

    /** A task of which is told when it begins, now and then, and when it ends. */
    private final class Told implements Progress.Task {
        private final String label;
        private final String unit;
        private final boolean stops;
        private long total;
        private long done;
        private String note = "";
        private long last = System.nanoTime();
        private long toldOf;

        Told(String label, long total, String unit, boolean stops) {
            this.label = label;
            this.total = total;
            this.unit = unit;
            this.stops = stops;
            tellProgress();
        }

        @Override
        public synchronized void step(long steps) {
            done += steps;
            if (System.nanoTime() - last >= BETWEEN) {
                tellProgress();
            }
            if (stops && cancelled()) {
                throw new CancellationException();
            }
        }

        @Override
        public synchronized void total(long known) {
            total = known;
        }

        @Override
        public synchronized void before(long steps) {
            done += steps;
        }

        @Override
        public synchronized void note(String words) {
            note = words;
        }

        @Override
        public synchronized void close() {
            if (done != toldOf) {
                tellProgress();
            }
        }

        private void tellProgress() {
            last = System.nanoTime();
            toldOf = done;
            var data = JsonNodeFactory.instance
                    .objectNode()
                    .put("task", label)
                    .put("done", done)
                    .put("unit", unit);
            if (total != Progress.UNKNOWN) {
                data.put("total", total);
            }
            if (!note.isEmpty()) {
                data.put("note", note);
            }
            var message = label + ": " + done + (total == Progress.UNKNOWN ? "" : " of " + total) + " " + unit
                    + (note.isEmpty() ? "" : ", " + note);
            tell(Job.Type.PROGRESS, message, Optional.of(data));
        }
    }
}
