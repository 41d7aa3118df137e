package dev.tandem.server.watch;

import dev.tandem.evaluation.drift.LookSchedule;
import dev.tandem.evaluation.drift.MeanShift;
import dev.tandem.evaluation.drift.QuestionShift;
import dev.tandem.evaluation.drift.Shift;
import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.MonitoringSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares what was observed with baselines, as far as there is something new: freezes a baseline when there are enough observations,
 * then looks at the newest whenever the schedule says so. For one thread.
 */
final class Comparison {
    /** A drift that was found has ended when chance is a good enough reason again. */
    private static final double ENDED = 0.05;

    /** More looks are not caught up with: after a stop, the newest say enough. */
    private static final int MOST_LOOKS = 4;

    private static final int MOST_READ = 20_000;

    private final LiveStore store;
    private final Baselines baselines;
    private final MonitoringSettings settings;
    private final Clock clock;

    /** A vector shift is costly to prepare; kept for as long as its baseline stands. */
    private Optional<Prepared> prepared = Optional.empty();

    private record Prepared(Instant baseline, QuestionShift shift) {}

    Comparison(LiveStore store, Baselines baselines, MonitoringSettings settings, Clock clock) {
        this.store = store;
        this.baselines = baselines;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A look with all that it found.
     *
     * @param shifts by window
     */
    record Looked(Baselines.Look look, Baseline baseline, List<Shift> shifts) {
        /** The shift that chance explains least. */
        Shift clearest() {
            return shifts.stream()
                    .min(Comparator.comparingDouble(Shift::pValue))
                    .orElseThrow();
        }
    }

    /**
     * Looks at the newest questions.
     *
     * @param encoder the id of the embedding model of now; a baseline of another is given up
     */
    List<Looked> questions(String encoder) {
        var baseline = baselines.find(AlertMetric.QUESTIONS);
        if (baseline.isPresent() && !baseline.get().encoder().equals(encoder)) {
            baselines.forget(AlertMetric.QUESTIONS);
            return List.of();
        }
        if (baseline.isEmpty()) {
            int needed = Schedules.baseline(AlertMetric.QUESTIONS, settings);
            if (settings.baseline() == MonitoringSettings.Baseline.LIVE
                    && store.questionsAfter(encoder, 0, needed).size() == needed) {
                var first = store.vectorsAfter(encoder, 0, needed);
                freezeQuestions(
                        first.stream().map(LiveStore.Vector::vector).toList(),
                        "live",
                        encoder,
                        first.getLast().number());
            }
            return List.of();
        }
        var fresh = store.questionsAfter(encoder, baseline.get().looked(), MOST_READ);
        return looks(baseline.get(), fresh, (current, end, windows) -> {
            var shift = prepared.filter(each -> each.baseline().equals(current.time()))
                    .orElseGet(() -> prepare(current))
                    .shift();
            int most = windows.getLast();
            var newest = store.newestVectors(encoder, end, most).stream()
                    .map(each -> shift.place(each.vector()))
                    .toList();
            return windows.stream()
                    .map(window -> shift.of(
                            newest.subList(newest.size() - Math.min(window, newest.size()), newest.size()),
                            Schedules.of(AlertMetric.QUESTIONS).level(),
                            end * 31 + window))
                    .toList();
        });
    }

    private Prepared prepare(Baseline baseline) {
        var made = new Prepared(
                baseline.time(),
                new QuestionShift(
                        baseline.vectors(), Schedules.of(AlertMetric.QUESTIONS).block()));
        prepared = Optional.of(made);
        return made;
    }

    /** Freezes vectors as what questions are compared with. */
    void freezeQuestions(List<float[]> vectors, String source, String encoder, long last) {
        baselines.freeze(new Baseline(
                AlertMetric.QUESTIONS,
                now(),
                source,
                encoder,
                vectors.size(),
                Numbers.joined(vectors),
                last,
                0,
                false));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Looks at the newest values of a number. */
    List<Looked> values(AlertMetric metric) {
        var baseline = baselines.find(metric);
        if (baseline.isEmpty()) {
            int needed = Schedules.baseline(metric, settings);
            var first = store.after(metric, 0, needed);
            if (first.size() == needed) {
                freezeValues(
                        metric,
                        first.stream().map(LiveStore.Observed::value).toList(),
                        first.getLast().number());
            }
            return List.of();
        }
        var fresh = store.after(metric, baseline.get().looked(), MOST_READ).stream()
                .map(LiveStore.Observed::number)
                .toList();
        return looks(baseline.get(), fresh, (current, end, windows) -> {
            var newest = store.newest(metric, end, windows.getLast());
            var shift = new MeanShift(current.values(), Schedules.of(metric).block(), metric.worseAbove());
            return windows.stream()
                    .map(window -> shift.of(
                            newest.subList(newest.size() - Math.min(window, newest.size()), newest.size()),
                            Schedules.of(metric).level(),
                            end * 31 + window))
                    .toList();
        });
    }

    /** Freezes numbers as what a metric is compared with. */
    void freezeValues(AlertMetric metric, List<Double> values, long last) {
        var numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i).floatValue();
        }
        baselines.freeze(
                new Baseline(metric, now(), "live", "", numbers.length, Numbers.bytes(numbers), last, 0, false));
    }

    @FunctionalInterface
    private interface Shifts {
        /** The shifts of the windows that end with an observation. */
        List<Shift> of(Baseline baseline, long end, List<Integer> windows);
    }

    private List<Looked> looks(Baseline baseline, List<Long> fresh, Shifts shifts) {
        var schedule = Schedules.of(baseline.metric());
        int due = fresh.size() / schedule.every();
        var looked = new ArrayList<Looked>();
        var current = baseline;
        for (int each = Math.max(1, due - MOST_LOOKS + 1); each <= due; each++) {
            long end = fresh.get(each * schedule.every() - 1);
            long observed = baseline.observed() + (long) each * schedule.every();
            var windows = windows(schedule, observed);
            if (windows.isEmpty()) {
                continue;
            }
            var look = look(current, observed, shifts.of(current, end, windows));
            if (!baselines.looked(current, look.look(), end)) {
                return looked;
            }
            looked.add(look);
            current = current.after(end, observed, look.look().drifting());
        }
        return looked;
    }

    private static List<Integer> windows(LookSchedule schedule, long observed) {
        return schedule.windows().stream().filter(window -> window <= observed).toList();
    }

    private Looked look(Baseline baseline, long observed, List<Shift> shifts) {
        var clearest =
                shifts.stream().min(Comparator.comparingDouble(Shift::pValue)).orElseThrow();
        var widest = shifts.getLast();
        boolean drifting = clearest.found() || baseline.drifting() && clearest.pValue() <= ENDED;
        var mean = baseline.metric().isNumber()
                ? Optional.of(baseline.mean() + (baseline.metric().worseAbove() ? widest.size() : -widest.size()))
                : Optional.<Double>empty();
        return new Looked(
                new Baselines.Look(
                        baseline.metric(),
                        now(),
                        observed,
                        clearest.window(),
                        widest.size(),
                        widest.byChance(),
                        clearest.pValue(),
                        clearest.level(),
                        mean,
                        drifting),
                baseline,
                shifts);
    }
}
