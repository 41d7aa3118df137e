package dev.tandem.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessiveHalvingTest {
    private static final Budget BUDGET = Budget.parse("40m").orElseThrow();
    private static final Speed SPEED = new Speed(1, 0.1, 100, 100, 100);
    private static final TuningSettings DEFAULTS = TuningSettings.of(TuningSettings.Method.LORA, 500_000_000);
    private static final Plan PLAN =
            Plan.of(new SearchSpace(DEFAULTS, Set.of()).draw(Plan.MOST, any -> true), 1000, SPEED, BUDGET, 0);

    private static final int LAST = PLAN.rungs().size() - 1;

    @TempDir
    private Path folder;

    private long nanos;

    @Test
    void theBestOfEachRungGoOnAndTheBestOfAllIsTrainedWhollyBesideTheDefault() {
        var objective = new FakeObjective(configuration -> 1 + Math.abs(configuration - 7) / 10.0);

        var verdict = search(objective, "log").orElseThrow();

        assertThat(PLAN.rungs()).hasSizeGreaterThan(2);
        assertThat(objective.of(0)).hasSize(PLAN.configurations().size());
        for (int rung = 1; rung < LAST; rung++) {
            int count = PLAN.rungs().get(rung).configurations();
            assertThat(objective.of(rung))
                    .hasSize(count)
                    .allSatisfy(configuration ->
                            assertThat(Math.abs(configuration - 7)).isLessThanOrEqualTo(count / 2));
        }
        assertThat(objective.of(LAST)).containsExactly(0, 7);
        assertThat(objective.measured).containsExactly(0, 7);
        assertThat(verdict.winner()).isEqualTo(7);
        assertThat(verdict.chosen()).isEqualTo(7);
        assertThat(verdict.gain().orElseThrow()).isPositive();
    }

    @Test
    void theDefaultStaysWhereNothingIsBetter() {
        var objective = new FakeObjective(configuration -> 1 + configuration / 10.0);

        var verdict = search(objective, "log").orElseThrow();

        assertThat(objective.of(LAST)).containsExactly(0, 1);
        assertThat(verdict.winner()).isZero();
        assertThat(verdict.chosen()).isZero();
        assertThat(verdict.gain()).hasValue(0);
    }

    @Test
    void aWinnerThatIsNoBetterOnTheFinalPartIsNotChosen() {
        var objective = new FakeObjective(configuration -> configuration == 4 ? 1 : 2);
        objective.last = configuration -> configuration == 4 ? 2.1 : 2;

        var verdict = search(objective, "log").orElseThrow();

        assertThat(verdict.winner()).isEqualTo(4);
        assertThat(verdict.chosen()).isZero();
        assertThat(verdict.loss(4)).hasValue(2.1);
    }

    @Test
    void theFinalPartIsMeasuredOnceBehindAllTrials() {
        var objective = new FakeObjective(configuration -> 1 + Math.abs(configuration - 7) / 10.0);
        objective.last = configuration -> {
            assertThat(objective.trained).hasSize(PLAN.trials());
            return 1;
        };

        search(objective, "log");

        assertThat(objective.measurements).isEqualTo(1);
    }

    @Test
    void allTrialsFitWhereTheyTakeWhatWasForeseen() {
        var objective = new FakeObjective(configuration -> configuration);

        search(objective, "log");

        assertThat(objective.trained).hasSize(PLAN.trials());
        assertThat(nanos / 1e9).isLessThan(BUDGET.seconds());
    }

    @Test
    void trialsThatAreSlowerThanForeseenAreLeftOutSoThatTheBudgetIsKept() {
        var objective = new FakeObjective(configuration -> 1 + Math.abs(configuration - 2) / 10.0);
        objective.slower = 1.5;

        var verdict = search(objective, "log").orElseThrow();

        assertThat(objective.trained).hasSizeLessThan(PLAN.trials());
        assertThat(objective.of(LAST)).containsExactly(0, 2);
        assertThat(verdict.chosen()).isEqualTo(2);
        assertThat(nanos / 1e9).isLessThan(BUDGET.seconds());
    }

    @Test
    void theDefaultAloneIsTrainedWhollyWhereTheTimeIsForOneRun() {
        var objective = new FakeObjective(configuration -> 10 - configuration);
        objective.slowerAtLast = 2.5;

        var verdict = search(objective, "log").orElseThrow();

        assertThat(objective.trained).hasSize(PLAN.trials() - 1);
        assertThat(objective.of(LAST)).containsExactly(0);
        assertThat(verdict.challenger()).isEmpty();
        assertThat(verdict.chosen()).isZero();
        assertThat(nanos / 1e9).isLessThan(BUDGET.seconds());
    }

    @Test
    void whatDivergesIsLastAndWhereAllOthersDoTheDefaultStays() {
        var some = new FakeObjective(
                configuration -> configuration % 2 == 1 ? Double.POSITIVE_INFINITY : 10 - configuration / 10.0);
        assertThat(search(some, "some").orElseThrow().winner() % 2).isZero();
        assertThat(some.of(LAST)).doesNotContain(1).hasSize(2);

        var others = new FakeObjective(configuration -> configuration > 0 ? Double.POSITIVE_INFINITY : 5);
        var verdict = search(others, "others").orElseThrow();
        assertThat(verdict.challenger()).isEmpty();
        assertThat(verdict.chosen()).isZero();

        var first = new FakeObjective(configuration -> configuration == 0 ? Double.POSITIVE_INFINITY : configuration);
        var without = search(first, "first").orElseThrow();
        assertThat(without.chosen()).isEqualTo(1);
        assertThat(without.gain()).isEmpty();

        assertThatThrownBy(() -> search(new FakeObjective(configuration -> Double.POSITIVE_INFINITY), "all"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("diverged");
    }

    @Test
    void aSearchThatWasStoppedGoesOnWithWhatIsNotDone() throws IOException {
        var whole = new FakeObjective(configuration -> 1 + Math.abs(configuration - 7) / 10.0);
        var expected = search(whole, "whole");
        for (int stop : new int[] {0, 3, PLAN.configurations().size() + 1, PLAN.trials() - 1}) {
            var log = "stopped-" + stop;
            var first = new FakeObjective(configuration -> 1 + Math.abs(configuration - 7) / 10.0);
            first.stop = stop;
            nanos = 0;
            assertThat(search(first, log)).isEmpty();
            // A kill in the middle of a line.
            if (stop > 0) {
                Files.writeString(
                        folder.resolve(log), "{\"rung\": 1, \"confi", java.nio.file.StandardOpenOption.APPEND);
            }

            var second = new FakeObjective(configuration -> 1 + Math.abs(configuration - 7) / 10.0);
            assertThat(search(second, log)).isEqualTo(expected);
            var trained = new ArrayList<>(first.trained);
            trained.addAll(second.trained);
            assertThat(trained).isEqualTo(whole.trained);
            assertThat(folder.resolve(log)).hasSameTextualContentAs(folder.resolve("whole"));
        }
    }

    @Test
    void timeOfEarlierProcessesCounts() {
        var slow = new FakeObjective(configuration -> configuration);
        slow.slower = 1.5;
        slow.stop = 20;
        search(slow, "log");
        nanos = 0;
        var second = new FakeObjective(configuration -> configuration);
        second.slower = 1.5;

        search(second, "log");

        double before = slow.trained.size() * PLAN.rungs().getFirst().seconds() * 1.5;
        assertThat(before + nanos / 1e9).isLessThan(BUDGET.seconds());
        assertThat(slow.trained.size() + second.trained.size()).isLessThan(PLAN.trials());
    }

    @Test
    void progressCountsEveryExampleThatTheTrialsSeeAndSaysWhereTheSearchIs() {
        var objective = new FakeObjective(configuration -> 1 + Math.abs(configuration - 7) / 10.0);
        var totals = new ArrayList<Long>();
        var steps = new ArrayList<Long>();
        var notes = new ArrayList<String>();

        new SuccessiveHalving(PLAN, objective, new TrialLog(folder.resolve("log"), PLAN), BUDGET, () -> nanos)
                .run((label, total, unit) -> {
                    totals.add(total);
                    return new Progress.Task() {
                        @Override
                        public void step(long count) {
                            steps.add(count);
                        }

                        @Override
                        public void note(String words) {
                            notes.add(words);
                        }
                    };
                });

        assertThat(steps).allMatch(step -> step > 0);
        assertThat(steps.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(totals.getFirst())
                .isEqualTo(PLAN.rungs().stream()
                        .mapToLong(rung -> rung.configurations() * rung.seen())
                        .sum());
        assertThat(notes)
                .hasSize(PLAN.trials())
                .startsWith("trial 1 of %d, rung 1 of %d".formatted(PLAN.trials(), LAST + 1))
                .last()
                .asString()
                .contains("trial %d of".formatted(PLAN.trials()), ", best loss 1.000");
    }

    @Test
    void theChartShowsEveryTrialAndNothingFromOutside() {
        var objective = new FakeObjective(
                configuration -> configuration == 9 ? Double.POSITIVE_INFINITY : 1 + Math.abs(configuration - 7));
        var verdict = search(objective, "log");

        var chart = TrialsChart.of(PLAN, new TrialLog(folder.resolve("log"), PLAN).trials(), verdict);

        int points = chart.split("<title>", -1).length - 1;
        assertThat(points).isEqualTo(PLAN.configurations().size() + PLAN.trials());
        assertThat(chart)
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("prefers-color-scheme: dark")
                .contains("none, diverged")
                .contains("best: 7")
                .doesNotContain("NaN")
                .doesNotContain("Infinity")
                .doesNotContain("href");
    }

    private Optional<Verdict> search(FakeObjective objective, String log) {
        return new SuccessiveHalving(PLAN, objective, new TrialLog(folder.resolve(log), PLAN), BUDGET, () -> nanos)
                .run(Progress.silent());
    }

    /** Losses by configuration, and trials that take what was foreseen, or so many times that. */
    private final class FakeObjective implements Objective {
        private final IntToDoubleFunction loss;
        private final List<List<Integer>> trained = new ArrayList<>();
        private IntToDoubleFunction last;
        private List<Integer> measured = List.of();
        private int measurements;
        private double slower = 1;
        private double slowerAtLast = 1;
        private int stop = Integer.MAX_VALUE;

        FakeObjective(IntToDoubleFunction loss) {
            this.loss = loss;
            last = loss;
        }

        List<Integer> of(int rung) {
            return trained.stream()
                    .filter(trial -> trial.getFirst() == rung)
                    .map(List::getLast)
                    .toList();
        }

        @Override
        public Optional<Trained> train(int rung, int configuration, LongConsumer seen) {
            if (trained.size() == stop) {
                return Optional.empty();
            }
            nanos += (long) (slower
                    * (rung == LAST ? slowerAtLast : 1)
                    * 1e9
                    * PLAN.rungs().get(rung).seconds());
            // As a job that goes on from nothing says so, and as one whose last batch is not full counts too much.
            seen.accept(0);
            seen.accept(PLAN.rungs().get(rung).seen() + 3);
            trained.add(List.of(rung, configuration));
            return Optional.of(new Trained(loss.applyAsDouble(configuration), 10));
        }

        @Override
        public Map<Integer, Double> measure(List<Integer> configurations) {
            measurements++;
            measured = configurations;
            nanos += (long) (slower * 1e9 * PLAN.speed().finalPart());
            return configurations.stream().collect(Collectors.toMap(number -> number, last::applyAsDouble));
        }
    }
}
