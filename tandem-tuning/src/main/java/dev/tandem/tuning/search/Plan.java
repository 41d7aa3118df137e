package dev.tandem.tuning.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.training.TuningSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a search will do, laid down before its first trial: {@code rungs} of successive halving (Jamieson and Talwalkar
 * 2016), each with a third of the configurations of the one before and three times the training; in the last one the best
 * configuration and the default have all of it. As many configurations as the budget has room for, at most
 * {@value #MOST}, and of plans with as many the one whose first rung trains longest.
 *
 * @param configurations the default first
 * @param rungs at least two
 * @param speed by which the plan was made
 * @param spent seconds of the budget that were gone before the first trial
 */
public record Plan(
        List<TuningSettings> configurations,
        List<Rung> rungs,
        Speed speed,
        @JsonProperty("spent_seconds") double spent) {
    /** Of each rung one configuration in so many goes on: Hyperband's authors advise three or four. */
    static final int ETA = 3;

    /** More would hardly find better ones: of 60 random ones, one is among the best 5% with 95% certainty. */
    static final int MOST = 60;

    /** Rungs below the last: shorter trials than a 27th of the training tell little of it. */
    private static final int DEEPEST = 3;

    /** Updates below which a trial tells nothing. */
    private static final int LEAST_UPDATES = 12;

    /** Configurations below which a search is none. */
    private static final int FEWEST = 3;

    /** What trials may take beyond what is foreseen: small batches and large ranks are slower than the default. */
    static final double MARGIN = 1.15;

    public Plan {
        configurations = List.copyOf(configurations);
        rungs = List.copyOf(rungs);
    }

    /** The rung of whole trainings. */
    public Rung last() {
        return rungs.getLast();
    }

    /** Trials in all. */
    public int trials() {
        return rungs.stream().mapToInt(Rung::configurations).sum();
    }

    /**
     * Plans.
     *
     * @param drawn configurations that there are to choose among, the default first; at least two
     * @param examples to learn from
     * @param spent seconds of the budget that are gone
     * @throws MendableException if the budget is too small, with what would fit
     */
    static Plan of(List<TuningSettings> drawn, int examples, Speed speed, Budget budget, double spent) {
        return new Planning(drawn, examples, speed, drawn.getFirst().epochs())
                .within(budget.seconds() - spent)
                .map(rungs -> new Plan(drawn.subList(0, rungs.getFirst().configurations()), rungs, speed, spent))
                .orElseThrow(() -> tooSmall(drawn, examples, speed, budget, spent));
    }

    private static MendableException tooSmall(
            List<TuningSettings> drawn, int examples, Speed speed, Budget budget, double spent) {
        var planning = new Planning(drawn, examples, speed, drawn.getFirst().epochs());
        double one = planning.whole().seconds();
        var message = new StringBuilder("The budget of " + budget + " is too small"
                + (spent + one > budget.seconds() ? " even for one run with the default settings" : " for a search")
                + ": one run takes about " + time(one) + " here, and a search ends with two of them. Give --search "
                + Budget.atLeast(spent + planning.least()) + " or more");
        int epochs = drawn.getFirst().epochs() - 1;
        while (epochs > 0
                && new Planning(drawn, examples, speed, epochs)
                        .within(budget.seconds() - spent)
                        .isEmpty()) {
            epochs--;
        }
        message.append(epochs > 0 ? ", or train less: --epochs " + epochs + " would fit." : ", or fewer examples.");
        return new MendableException(message.toString());
    }

    private static String time(double seconds) {
        var time = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
        return time.toMinutes() == 0
                ? time.toSeconds() + " seconds"
                : time.toMinutes() + ":%02d minutes".formatted(time.toSecondsPart());
    }

    /** What a plan is chosen among. */
    private record Planning(List<TuningSettings> drawn, int examples, Speed speed, int epochs) {
        Optional<List<Rung>> within(double seconds) {
            var best = Optional.<List<Rung>>empty();
            for (int depth = 1; depth <= deepest(); depth++) {
                for (int count = drawn.size(); count >= fewest(); count--) {
                    var rungs = rungs(depth, count);
                    if (seconds(rungs) <= seconds) {
                        if (best.isEmpty() || best.get().getFirst().configurations() < count) {
                            best = Optional.of(rungs);
                        }
                        break;
                    }
                }
            }
            return best;
        }

        /** Seconds that the smallest search takes. */
        double least() {
            double least = Double.POSITIVE_INFINITY;
            for (int depth = 1; depth <= deepest(); depth++) {
                least = Math.min(least, seconds(rungs(depth, fewest())));
            }
            return least;
        }

        private int fewest() {
            return Math.min(FEWEST, drawn.size());
        }

        /** With few examples even a third of the training is short; there is one rung below the last all the same. */
        private int deepest() {
            int depth = 1;
            while (depth < DEEPEST && seen(depth + 1, 0) >= (long) LEAST_UPDATES * perUpdate()) {
                depth++;
            }
            return depth;
        }

        private int perUpdate() {
            return drawn.getFirst().batch() * drawn.getFirst().accumulate();
        }

        private long seen(int depth, int rung) {
            return Math.round((double) examples * epochs / Math.pow(ETA, (double) depth - rung));
        }

        private List<Rung> rungs(int depth, int count) {
            var rungs = new ArrayList<Rung>();
            int left = count;
            // One configuration alone would be chosen before it is trained: the whole training is what it goes on to.
            for (int rung = 0; rung < depth && (rung == 0 || left > 1); rung++) {
                long seen = Math.max(1, seen(depth, rung));
                int passes = (int) Math.max(1, Math.round((double) seen / examples));
                int some = seen < examples ? (int) seen : examples;
                rungs.add(new Rung(left, some, passes, speed.trial((long) some * passes)));
                left = Math.ceilDiv(left, ETA);
            }
            rungs.add(whole());
            return rungs;
        }

        /** The default and the best other. */
        private Rung whole() {
            var defaults = drawn.getFirst();
            long updates = (long) Math.ceilDiv(examples, perUpdate()) * epochs;
            long measurements = 1 + updates / defaults.evaluateEvery();
            return new Rung(2, examples, epochs, speed.whole((long) examples * epochs, measurements));
        }

        private double seconds(List<Rung> rungs) {
            return MARGIN
                    * (speed.finalPart()
                            + rungs.stream()
                                    .mapToDouble(rung -> rung.configurations() * rung.seconds())
                                    .sum());
        }
    }
}
