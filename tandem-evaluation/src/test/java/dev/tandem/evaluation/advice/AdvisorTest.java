package dev.tandem.evaluation.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.cost.Approach;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.cost.Workload;
import dev.tandem.foundation.MendableException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** D2: from answers to a recommendation, with its path. */
class AdvisorTest {
    private static final Advisor ADVISOR = new Advisor(new CostModel(PriceBook.shipped(), Workload.UNKNOWN));
    private static final Needs BOTH = new Needs(true, true, false, false);
    private static final Needs LEARNING = new Needs(false, true, false, false);

    @Test
    void theQuestionsAreAskedInTheirOrder() {
        var advice = advise(BOTH, OptionalDouble.of(100_000), OptionalInt.empty());
        assertThat(advice.path())
                .extracting(Step::question)
                .containsExactly(
                        "Does the knowledge change often?",
                        "Must the model behave in a new way?",
                        "Must every answer name its sources?",
                        "Is an answer in under 500 ms critical?",
                        "What is the budget for setting up?");
        assertThat(advice.path()).extracting(Step::origin).containsOnly(Origin.GIVEN);
        assertThat(advice.recommendation()).isEqualTo(Approach.HYBRID);
        assertThat(advice.givesWay()).isEmpty();
    }

    @Test
    void whatIsNotAnsweredIsAssumedAndSaid() {
        var advice = ADVISOR.advise(Answers.NONE, Optional.empty());
        assertThat(advice.path()).extracting(Step::origin).containsOnly(Origin.ASSUMED);
        assertThat(advice.path()).extracting(Step::answer).containsExactly("yes", "no", "no", "no", "no limit");
        assertThat(advice.recommendation()).isEqualTo(Approach.RAG);
    }

    /** The lowest figures of setting up are 2,000, 5,000 and 7,000. */
    @ParameterizedTest
    @CsvSource({
        "7000, HYBRID, ''",
        "6999, RAG, 'the new behaviour'",
        "4000, RAG, 'the new behaviour'",
        "1999, RAG, 'the budget'",
        "0, RAG, 'the budget'",
    })
    void aBudgetRulesOutWhatStartsAboveIt(double budget, Approach approach, String givesWay) {
        var advice = advise(BOTH, OptionalDouble.of(budget), OptionalInt.empty());
        assertThat(advice.recommendation()).isEqualTo(approach);
        assertThat(advice.byRules()).isEqualTo(Approach.HYBRID);
        assertThat(String.join("\n", advice.givesWay())).contains(givesWay);
        assertThat(advice.path().getLast().conflict()).isEqualTo(approach != Approach.HYBRID);
        if (approach != Approach.HYBRID) {
            assertThat(advice.path().getLast().consequence()).contains("Rules out", "hybrid (starts at 7,000 USD)");
            assertThat(advice.reason()).contains("the needs ask for hybrid", "starts at 7,000 USD");
        }
    }

    @ParameterizedTest
    @CsvSource({"99, RAG", "100, FINE_TUNING", "0, RAG"})
    void fewExamplesSpeakAgainstTuning(int examples, Approach approach) {
        var advice = advise(LEARNING, OptionalDouble.empty(), OptionalInt.of(examples));
        assertThat(advice.recommendation()).isEqualTo(approach);
        assertThat(advice.path().getLast().consequence()).contains("100-10,000");
        assertThat(advice.path().getLast().conflict()).isEqualTo(approach == Approach.RAG);
    }

    @Test
    void aConflictIsSaidWithWhatGivesWay() {
        var advice = advise(new Needs(true, false, true, true), OptionalDouble.empty(), OptionalInt.empty());
        assertThat(advice.recommendation()).isEqualTo(Approach.RAG);
        assertThat(advice.path().get(3).conflict()).isTrue();
        assertThat(advice.path().get(3).consequence()).startsWith("Conflict: ");
        assertThat(advice.givesWay()).singleElement().asString().startsWith("the answer time");
        assertThat(advice.settings()).extracting(SettingAdvice::key).contains("retrieval.fusion", "answer.passages");
    }

    @ParameterizedTest
    @CsvSource({"500, FINE_TUNING", "501, RAG", "800, RAG"})
    void upToHalfASecondIsCritical(int milliseconds, Approach approach) {
        var answers = new Answers(
                Optional.of(false),
                Optional.of(false),
                Optional.of(false),
                OptionalInt.of(milliseconds),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                Optional.empty());
        assertThat(ADVISOR.advise(answers, Optional.empty()).recommendation()).isEqualTo(approach);
    }

    @Test
    void moreMoneyAndMoreExamplesNeverTakeAnythingAway() {
        DecisionTableTest.all().forEach(needs -> {
            int met = 0;
            for (double budget : new double[] {0, 1_999, 2_000, 4_999, 5_000, 6_999, 7_000, 1e9}) {
                int now = met(
                        needs,
                        advise(needs, OptionalDouble.of(budget), OptionalInt.empty())
                                .recommendation());
                assertThat(now).as("%s with %s", needs, budget).isGreaterThanOrEqualTo(met);
                met = now;
            }
            met = 0;
            for (int examples : new int[] {0, 99, 100, 10_000}) {
                int now = met(
                        needs,
                        advise(needs, OptionalDouble.empty(), OptionalInt.of(examples))
                                .recommendation());
                assertThat(now).as("%s with %s", needs, examples).isGreaterThanOrEqualTo(met);
                met = now;
            }
            assertThat(advise(needs, OptionalDouble.empty(), OptionalInt.empty())
                            .recommendation())
                    .isEqualTo(DecisionTable.rule(needs).approach());
        });
    }

    /** How many of the two needs an approach meets. */
    private static int met(Needs needs, Approach approach) {
        return (needs.retrieval() && approach != Approach.FINE_TUNING ? 1 : 0)
                + (needs.newBehaviour() && approach != Approach.RAG ? 1 : 0);
    }

    @Test
    void measuredEvidenceOverrulesRulesOfThumbAndSaysSo() {
        var evidence = new Evidence(Approach.RAG, true, "RAG 0.81 against 0.70, p = 0.003.");
        var advice = ADVISOR.advise(answers(BOTH, OptionalDouble.empty(), OptionalInt.empty()), Optional.of(evidence));
        assertThat(advice.recommendation()).isEqualTo(Approach.RAG);
        assertThat(advice.byRules()).isEqualTo(Approach.HYBRID);
        assertThat(advice.reason()).contains("measured", "overrules", "hybrid");
        assertThat(advice.path().getLast().answer()).isEqualTo("RAG 0.81 against 0.70, p = 0.003.");
        assertThat(advice.path().getLast().origin()).isEqualTo(Origin.MEASURED);
        // What it was measured to do, it need not be said to lack.
        assertThat(advice.givesWay()).isEmpty();
    }

    @Test
    void evidenceThatTellsNothingApartLeavesTheRules() {
        var evidence = new Evidence(Approach.RAG, false, "0.72 against 0.70, p = 0.4.");
        var advice = ADVISOR.advise(answers(BOTH, OptionalDouble.empty(), OptionalInt.empty()), Optional.of(evidence));
        assertThat(advice.recommendation()).isEqualTo(Approach.HYBRID);
        assertThat(advice.path().getLast().consequence()).contains("cannot tell", "rules of thumb stand");
    }

    @Test
    void evidenceOverrulesNoBudgetAndNoNeedForSources() {
        var tuned = new Evidence(Approach.FINE_TUNING, true, "Fine-tuning 0.9 against 0.7.");
        var sourced = new Needs(false, false, true, false);
        var advice = ADVISOR.advise(answers(sourced, OptionalDouble.empty(), OptionalInt.empty()), Optional.of(tuned));
        assertThat(advice.recommendation()).isEqualTo(Approach.RAG);
        assertThat(advice.path().getLast().consequence()).contains("cannot name its sources");
        var hybrid = new Evidence(Approach.HYBRID, true, "Hybrid 0.9 against 0.7.");
        var poor = ADVISOR.advise(answers(BOTH, OptionalDouble.of(4_000), OptionalInt.empty()), Optional.of(hybrid));
        assertThat(poor.recommendation()).isEqualTo(Approach.RAG);
        assertThat(poor.path().getLast().consequence()).contains("the budget rules it out");
        // Few examples that were measured to be enough are enough.
        var few = ADVISOR.advise(answers(BOTH, OptionalDouble.empty(), OptionalInt.of(60)), Optional.of(hybrid));
        assertThat(few.recommendation()).isEqualTo(Approach.HYBRID);
    }

    @ParameterizedTest
    @EnumSource
    void aPresetAnswersWhatFlagsDoNot(Industry industry) {
        var preset = ADVISOR.advise(with(industry, Optional.empty()), Optional.empty());
        assertThat(preset.path())
                .extracting(Step::origin)
                .containsExactly(Origin.PRESET, Origin.PRESET, Origin.PRESET, Origin.ASSUMED, Origin.ASSUMED);
        assertThat(preset.settings()).extracting(SettingAdvice::key).doesNotHaveDuplicates();
        assertThat(preset.settings()).isNotEmpty();
        assertThat(preset.commands()).containsAll(industry.commands());
        boolean other = !industry.defaults().newBehaviour();
        var flagged = ADVISOR.advise(with(industry, Optional.of(other)), Optional.empty());
        assertThat(flagged.path().get(1).origin()).isEqualTo(Origin.GIVEN);
        assertThat(flagged.recommendation()).isNotEqualTo(preset.recommendation());
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTHCARE, RAG",
        "LEGAL, RAG",
        "FINANCE, RAG",
        "E_COMMERCE, HYBRID",
        "EDUCATION, HYBRID",
        "MANUFACTURING, RAG"
    })
    void whatThePresetsLeadTo(Industry industry, Approach approach) {
        assertThat(ADVISOR.advise(with(industry, Optional.empty()), Optional.empty())
                        .recommendation())
                .isEqualTo(approach);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> answers(BOTH, OptionalDouble.of(Double.NaN), OptionalInt.empty()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--budget");
        assertThatThrownBy(() -> answers(BOTH, OptionalDouble.empty(), OptionalInt.of(-1)))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--examples");
    }

    private static Answers with(Industry industry, Optional<Boolean> newBehaviour) {
        return new Answers(
                Optional.empty(),
                newBehaviour,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                Optional.of(industry));
    }

    private static Advice advise(Needs needs, OptionalDouble budget, OptionalInt examples) {
        return ADVISOR.advise(answers(needs, budget, examples), Optional.empty());
    }

    private static Answers answers(Needs needs, OptionalDouble budget, OptionalInt examples) {
        return new Answers(
                Optional.of(needs.knowledgeChanges()),
                Optional.of(needs.newBehaviour()),
                Optional.of(needs.attribution()),
                OptionalInt.of(needs.latencyCritical() ? 300 : 2_000),
                budget,
                examples,
                Optional.empty());
    }
}
