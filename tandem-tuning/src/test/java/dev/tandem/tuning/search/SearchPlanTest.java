package dev.tandem.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.search.SearchSpace.Choice;
import dev.tandem.tuning.training.TuningSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPlanTest {
    private static final long LARGE = 500_000_000;
    private static final TuningSettings DEFAULTS = TuningSettings.of(TuningSettings.Method.LORA, LARGE);

    /** A second to start, a tenth of one an example. */
    private static final Speed SPEED = new Speed(1, 0.1, 100, 100, 100);

    @Test
    void budgetsAreHoursMinutesAndSeconds() {
        assertThat(Budget.parse("20m").orElseThrow().time()).isEqualTo(Duration.ofMinutes(20));
        assertThat(Budget.parse("1h30m").orElseThrow().time()).isEqualTo(Duration.ofMinutes(90));
        assertThat(Budget.parse("90s").orElseThrow()).hasToString("1m30s");
        assertThat(Budget.parse("2h5s").orElseThrow()).hasToString("2h5s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20x", "20", "m", "-5m", "0m", "1.5h", "5m1h", "99999999999h"})
    void whatIsNoTimeIsNoBudget(String text) {
        assertThat(Budget.parse(text)).isEmpty();
    }

    @Test
    void theDefaultComesFirstAndTheSameSeedDrawsTheSame() {
        var drawn = draw(DEFAULTS, Set.of(), 30);

        assertThat(drawn).hasSize(30).doesNotHaveDuplicates().startsWith(DEFAULTS);
        assertThat(draw(DEFAULTS, Set.of(), 30)).isEqualTo(drawn);
        assertThat(draw(DEFAULTS, Set.of(), 10)).isEqualTo(drawn.subList(0, 10));
        assertThat(draw(withSeed(2), Set.of(), 30).stream().map(TuningSettings::learningRate))
                .isNotEqualTo(drawn.stream().map(TuningSettings::learningRate).toList());
    }

    @Test
    void ratesAreWithinATenthAndTenTimesTheDefaultEvenlyInTheirLogarithm() {
        var rates = draw(DEFAULTS, Set.of(), 60).stream()
                .skip(1)
                .map(each -> each.learningRate() / DEFAULTS.learningRate())
                .toList();

        assertThat(rates).allSatisfy(rate -> assertThat(rate).isBetween(0.0995, 10.05));
        // Half of them are below the default, where evenly drawn rates would have nine in a hundred.
        assertThat(rates).filteredOn(rate -> rate < 1).hasSizeBetween(20, 40);
    }

    @Test
    void loraIsSearchedInRankStrengthLayersAndBatch() {
        var drawn = draw(DEFAULTS, Set.of(), 60);

        assertThat(drawn).extracting(each -> each.lora().rank()).containsOnly(4, 8, 16, 32);
        assertThat(drawn)
                .extracting(each -> each.lora().alpha() / each.lora().rank())
                .containsOnly(1.0, 2.0);
        assertThat(drawn).extracting(TuningSettings::batch).containsOnly(4, 8, 16);
        assertThat(drawn)
                .extracting(each -> each.lora().targets())
                .containsOnly(List.of(), List.of("q_proj", "k_proj", "v_proj", "o_proj"), List.of("q_proj", "v_proj"));
        assertThat(drawn).extracting(TuningSettings::weightDecay).containsOnly(0.0);
    }

    @ParameterizedTest
    @EnumSource(
            value = TuningSettings.Method.class,
            names = {"FULL", "PROMPT"})
    void otherMethodsKeepWhatIsLoras(TuningSettings.Method method) {
        var drawn = draw(TuningSettings.of(method, LARGE), Set.of(), 20);

        assertThat(drawn).extracting(TuningSettings::lora).containsOnly(LoraSettings.DEFAULTS);
        assertThat(drawn.stream().map(TuningSettings::weightDecay).distinct())
                .hasSize(method == TuningSettings.Method.FULL ? 3 : 1);
    }

    @Test
    void whatWasGivenIsFixedAndTheRestIsDrawnAsBefore() {
        var given = DEFAULTS.withLora(DEFAULTS.lora().withRank(5));

        var drawn = draw(given, Set.of(Choice.RANK, Choice.BATCH), 30);

        assertThat(drawn).extracting(each -> each.lora().rank()).containsOnly(5);
        assertThat(drawn).extracting(each -> each.lora().alpha()).containsOnly(5.0, 10.0);
        assertThat(drawn).extracting(TuningSettings::batch).containsOnly(DEFAULTS.batch());
        assertThat(drawn.stream().map(TuningSettings::learningRate))
                .isEqualTo(draw(DEFAULTS, Set.of(), 30).stream()
                        .map(TuningSettings::learningRate)
                        .toList());
    }

    @Test
    void aSmallSpaceGivesWhatItHasAndAnEmptyOneIsRefused() {
        var allButBatch = EnumSet.of(Choice.LEARNING_RATE, Choice.RANK, Choice.ALPHA, Choice.TARGETS);
        assertThat(draw(DEFAULTS, allButBatch, 30)).hasSize(3);
        assertThatThrownBy(() -> new SearchSpace(DEFAULTS, EnumSet.allOf(Choice.class)))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("nothing to search")
                .hasMessageContaining("--learning-rate, --rank");
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        assertThat(new SearchSpace(DEFAULTS, Set.of())
                        .draw(20, settings -> settings.lora().rank() < 16))
                .hasSize(20)
                .first()
                .isEqualTo(DEFAULTS);
    }

    @Test
    void moreTimeGivesMoreConfigurationsAndThenLongerFirstRungs() {
        var small = plan("20m");
        var large = plan("50m");
        var huge = plan("10h");

        assertThat(small.configurations())
                .hasSizeLessThan(large.configurations().size());
        assertThat(huge.configurations()).hasSize(Plan.MOST);
        assertThat(huge.rungs()).hasSize(2);
        for (var plan : List.of(small, large, huge)) {
            assertThat(plan.rungs().getFirst().configurations())
                    .isEqualTo(plan.configurations().size());
            assertThat(plan.last()).extracting(Rung::configurations, Rung::seen).containsExactly(2, 3000L);
        }
    }

    @Test
    void eachRungHasAThirdOfTheConfigurationsAndThreeTimesTheTraining() {
        var rungs = plan("40m").rungs();

        assertThat(rungs).hasSizeGreaterThan(2);
        for (int rung = 1; rung < rungs.size() - 1; rung++) {
            assertThat(rungs.get(rung).configurations())
                    .isEqualTo(Math.ceilDiv(rungs.get(rung - 1).configurations(), 3));
            assertThat((double) rungs.get(rung).seen() / rungs.get(rung - 1).seen())
                    .isBetween(2.9, 3.1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20m", "40m", "3h"})
    void allThatIsForeseenFitsIntoTheBudget(String text) {
        var budget = Budget.parse(text).orElseThrow();
        var plan = Plan.of(draw(DEFAULTS, Set.of(), Plan.MOST), 1000, SPEED, budget, 20);
        double foreseen = plan.rungs().stream()
                .mapToDouble(rung -> rung.configurations() * rung.seconds())
                .sum();

        assertThat(20 + foreseen + SPEED.finalPart()).isLessThan(budget.seconds());
    }

    @Test
    void aBudgetThatIsTooSmallSaysWhatOneRunTakesAndWhatWouldFit() {
        assertThatThrownBy(() -> plan("5m"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("The budget of 5m is too small even for one run")
                .hasMessageContaining("one run takes about 5:37 minutes")
                .hasMessageContaining("or fewer examples");
        assertThatThrownBy(() -> plan("8m"))
                .hasMessageContaining("too small for a search")
                .hasMessageContaining("--epochs 1 would fit");
        var advised = "Give --search (\\S+) or more";
        assertThatThrownBy(() -> plan("8m")).satisfies(failure -> {
            var found = java.util.regex.Pattern.compile(advised).matcher(String.valueOf(failure.getMessage()));
            assertThat(found.find()).isTrue();
            assertThat(plan(found.group(1)).configurations()).hasSizeGreaterThanOrEqualTo(3);
        });
    }

    /** A thousand examples, three times: 5 minutes and some for a whole training. */
    private static Plan plan(String budget) {
        return Plan.of(
                draw(DEFAULTS, Set.of(), Plan.MOST),
                1000,
                SPEED,
                Budget.parse(budget).orElseThrow(),
                0);
    }

    private static TuningSettings withSeed(long seed) {
        return new TuningSettings(
                DEFAULTS.method(),
                DEFAULTS.lora(),
                DEFAULTS.virtualTokens(),
                DEFAULTS.initialText(),
                DEFAULTS.epochs(),
                DEFAULTS.batch(),
                DEFAULTS.accumulate(),
                DEFAULTS.learningRate(),
                DEFAULTS.warmup(),
                DEFAULTS.weightDecay(),
                DEFAULTS.clip(),
                DEFAULTS.maxLength(),
                DEFAULTS.evaluateEvery(),
                DEFAULTS.patience(),
                DEFAULTS.remember(),
                seed,
                0);
    }

    private static List<TuningSettings> draw(TuningSettings defaults, Set<Choice> fixed, int most) {
        return new SearchSpace(defaults, fixed).draw(most, any -> true);
    }
}
