package dev.tandem.tuning.search;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Successive halving (Jamieson and Talwalkar 2016; the inner loop of Hyperband, Li et al. 2018) with one addition: the
 * default is trained wholly at the end, too, so that what was found can be compared with it.
 *
 * <p><b>Every rung trains anew</b>, with a learning rate that rises and falls to zero within what the rung gives. To go on
 * from the rung before would save about a third of the time, but there the rate has ended at zero: it would have to rise again
 * or, cut off before its end, be compared with losses that its fall would have lowered. Both would select for a schedule that
 * the winner is not trained with. What a short trial still does is to favour somewhat higher rates than a long one.
 *
 * <p><b>The budget</b> holds by two rules. A trial below the last rung begins only if it, and the two whole trainings and
 * the final measurement behind it, fit into what is left at the pace of the trials so far; if not, the search goes on to its
 * last rung with what it knows. There the default comes first, and the best other only if there is time for it.
 */
final class SuccessiveHalving {
    private final Plan plan;
    private final Objective objective;
    private final TrialLog log;
    private final double budget;
    private final LongSupplier nanos;

    /** Seconds that this search took until now, in earlier processes, too. */
    private final double before;

    private final long began;

    /**
     * Prepares.
     *
     * @param log with the trials that are done already
     * @param nanos the time, from any beginning
     */
    SuccessiveHalving(Plan plan, Objective objective, TrialLog log, Budget budget, LongSupplier nanos) {
        this.plan = plan;
        this.objective = objective;
        this.log = log;
        this.budget = budget.seconds();
        this.nanos = nanos;
        before =
                plan.spent() + log.trials().stream().mapToDouble(Trial::seconds).sum();
        began = nanos.getAsLong();
    }

    /**
     * Searches, or goes on.
     *
     * @return empty if somebody asked to stop
     * @throws MendableException if every whole training diverged
     */
    Optional<Verdict> run(Progress progress) {
        long examples = plan.rungs().stream()
                .mapToLong(rung -> rung.configurations() * rung.seen())
                .sum();
        try (var task = progress.start("Searching", examples, "examples")) {
            task.before(log.trials().stream()
                    .mapToLong(trial -> plan.rungs().get(trial.rung()).seen())
                    .sum());
            var ranking = new ArrayList<>(
                    IntStream.range(0, plan.configurations().size()).boxed().toList());
            for (int rung = 0; rung < last(); rung++) {
                int wanted = plan.rungs().get(rung).configurations();
                var trials = new ArrayList<Trial>();
                for (int configuration : List.copyOf(ranking.subList(0, wanted))) {
                    if (log.find(rung, configuration).isEmpty() && !hasRoom(rung)) {
                        break;
                    }
                    var trial = trial(rung, configuration, task);
                    if (trial.isEmpty()) {
                        return Optional.empty();
                    }
                    trials.add(trial.get());
                }
                rank(ranking, trials);
                if (trials.size() < wanted) {
                    break;
                }
            }
            return whole(ranking, task);
        }
    }

    /** The trials' configurations best first, and behind them those that have none in this rung, as they were. */
    private static void rank(List<Integer> ranking, List<Trial> trials) {
        var best = trials.stream()
                .sorted(Comparator.comparingDouble(Trial::loss))
                .map(Trial::configuration)
                .toList();
        ranking.removeAll(best);
        ranking.addAll(0, best);
    }

    private Optional<Verdict> whole(List<Integer> ranking, Progress.Task task) {
        var defaults = trial(last(), 0, task);
        if (defaults.isEmpty()) {
            return Optional.empty();
        }
        var challenger = Optional.<Trial>empty();
        var best = challenger(ranking);
        if (best.isPresent()
                && (log.find(last(), best.get()).isPresent()
                        || hasTime(plan.last().seconds() + plan.speed().finalPart()))) {
            challenger = trial(last(), best.get(), task);
            if (challenger.isEmpty()) {
                return Optional.empty();
            }
        }
        var converged = Stream.concat(defaults.stream(), challenger.stream())
                .filter(Trial::converged)
                .map(Trial::configuration)
                .toList();
        if (converged.isEmpty()) {
            throw new MendableException(
                    "Training diverged with the default settings and with the best that the search"
                            + " found: try a lower --learning-rate, or look for a damaged example with `tandem dataset check`.");
        }
        return Optional.of(new Verdict(defaults.get(), challenger, objective.measure(converged)));
    }

    /** The best that is not the default, among those that had a trial which gave numbers in the highest rung it came to. */
    private Optional<Integer> challenger(List<Integer> ranking) {
        return ranking.stream()
                .filter(configuration -> configuration != 0)
                .filter(configuration -> log.trials().stream()
                        .filter(trial -> trial.configuration() == configuration && trial.rung() < last())
                        .max(Comparator.comparingInt(Trial::rung))
                        .filter(Trial::converged)
                        .isPresent())
                .findFirst();
    }

    private int last() {
        return plan.rungs().size() - 1;
    }

    private Optional<Trial> trial(int rung, int configuration, Progress.Task task) {
        var done = log.find(rung, configuration);
        if (done.isPresent()) {
            return done;
        }
        task.note(note(rung));
        long seen = plan.rungs().get(rung).seen();
        var counted = new long[1];
        long from = nanos.getAsLong();
        var trained = objective.train(rung, configuration, examples -> {
            long step = Math.min(examples, seen - counted[0]);
            counted[0] += step;
            step(task, step);
        });
        var trial = trained.map(result ->
                new Trial(rung, configuration, result.loss(), result.updates(), (nanos.getAsLong() - from) / 1e9));
        trial.ifPresent(ended -> {
            log.add(ended);
            step(task, seen - counted[0]);
        });
        return trial;
    }

    /** No step is none: a rate of nothing would foresee no end. */
    private static void step(Progress.Task task, long examples) {
        if (examples > 0) {
            task.step(examples);
        }
    }

    private String note(int rung) {
        var best = log.trials().stream()
                .mapToDouble(Trial::loss)
                .filter(Double::isFinite)
                .min();
        return String.format(
                Locale.ROOT,
                "trial %d of %d, rung %d of %d%s",
                log.trials().size() + 1,
                plan.trials(),
                rung + 1,
                plan.rungs().size(),
                best.isPresent() ? String.format(Locale.ROOT, ", best loss %.3f", best.getAsDouble()) : "");
    }

    /** Once whole trainings have begun there is no way back, also for a search that goes on. */
    private boolean hasRoom(int rung) {
        return log.trials().stream().noneMatch(trial -> trial.rung() == last())
                && hasTime(plan.rungs().get(rung).seconds()
                        + 2 * plan.last().seconds()
                        + plan.speed().finalPart());
    }

    private boolean hasTime(double seconds) {
        double elapsed = before + (nanos.getAsLong() - began) / 1e9;
        return elapsed + pace() * seconds <= budget;
    }

    /** How much longer than foreseen trials take; at least 1, since short trials that are quick promise nothing of long ones. */
    private double pace() {
        var trials = log.trials();
        double taken = trials.stream().mapToDouble(Trial::seconds).sum();
        double foreseen = trials.stream()
                .mapToDouble(trial -> plan.rungs().get(trial.rung()).seconds())
                .sum();
        return foreseen > 0 ? Math.max(1, taken / foreseen) : 1;
    }
}
