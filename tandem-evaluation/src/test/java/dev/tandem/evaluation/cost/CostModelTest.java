package dev.tandem.evaluation.cost;

import static dev.tandem.evaluation.cost.PublishedFiguresTest.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostModelTest {
    private static final PriceBook BOOK = PriceBook.shipped();
    private static final CostModel MODEL = new CostModel(BOOK, Workload.UNKNOWN);

    @Test
    void modelCallsAndHostedInferenceFollowQueriesLinearlyAndServersInSteps() {
        var rag = MODEL.estimate(100_000).of(Plan.RAG).monthly();
        assertThat(item(rag.items(), "model calls").amount()).isEqualTo(Range.of(1_000, 4_000));
        assertThat(item(rag.items(), "infrastructure").amount()).isEqualTo(Range.of(30, 100));
        assertThat(item(rag.items(), "vector database").amount()).isEqualTo(Range.of(50, 200));
        // Half of it follows the questions, half the documents.
        assertThat(item(rag.items(), "embedding").amount()).isEqualTo(Range.of(110, 275));
        var more = MODEL.estimate(100_001);
        assertThat(item(more.of(Plan.RAG).monthly().items(), "infrastructure").amount())
                .isEqualTo(Range.of(60, 200));
        assertThat(item(more.of(Plan.FINE_TUNING_SELF_HOSTED).monthly().items(), "self-hosted inference")
                        .amount())
                .isEqualTo(Range.of(400, 2_000));
        var hosted = MODEL.estimate(1_000).of(Plan.FINE_TUNING_HOSTED).monthly();
        assertThat(item(hosted.items(), "hosted inference").amount()).isEqualTo(Range.of(1, 10));
        assertThat(item(hosted.items(), "monitoring").amount()).isEqualTo(Range.of(50, 100));
    }

    @Test
    void thePublishedTotalIsFollowedWithoutALeap() {
        var at = MODEL.estimate(10_000).of(Plan.RAG).monthly().total();
        var more = MODEL.estimate(10_001).of(Plan.RAG).monthly().total();
        assertThat(more.low()).isBetween(at.low(), at.low() * 1.001);
        assertThat(more.high()).isBetween(at.high(), at.high() * 1.001);
    }

    @Test
    void moreQueriesNeverCostLess() {
        var before = MODEL.estimate(1);
        for (long queries = 2; queries < 2_000_000; queries += 1 + queries / 7) {
            var now = MODEL.estimate(queries);
            for (var plan : Plan.values()) {
                assertThat(now.of(plan).monthly().total().low())
                        .isGreaterThanOrEqualTo(
                                before.of(plan).monthly().total().low());
                assertThat(now.of(plan).monthly().total().high())
                        .isGreaterThanOrEqualTo(
                                before.of(plan).monthly().total().high());
                assertThat(now.of(plan).setup()).isEqualTo(before.of(plan).setup());
            }
            before = now;
        }
    }

    @Test
    void aHybridPaysForBothButAnswersEachQueryOnce() {
        var estimate = MODEL.estimate(10_000);
        assertThat(estimate.of(Plan.HYBRID_HOSTED).setup().total()).isEqualTo(Range.of(7_000, 33_000));
        assertThat(estimate.of(Plan.HYBRID_HOSTED).monthly().items())
                .extracting(Item::name)
                .contains("vector database", "model calls", "monitoring")
                .doesNotContain("hosted inference");
        assertThat(estimate.of(Plan.HYBRID_SELF_HOSTED).monthly().items())
                .extracting(Item::name)
                .contains("self-hosted inference")
                .doesNotContain("model calls");
        for (var plan : new Plan[] {Plan.HYBRID_HOSTED, Plan.HYBRID_SELF_HOSTED}) {
            assertThat(estimate.of(plan).monthly().total().low())
                    .isGreaterThan(estimate.of(Plan.RAG).monthly().total().low());
        }
    }

    @Test
    void measuredValuesReplaceAssumptionsAndCountInFull() {
        var work = new Workload(
                OptionalDouble.of(2_000),
                OptionalLong.of(500),
                OptionalDouble.of(25),
                OptionalDouble.of(1_800),
                OptionalDouble.of(3),
                Optional.of(TuningMethod.QLORA),
                OptionalLong.of(4),
                Set.of());
        var estimate = new CostModel(BOOK, work).estimate(10_000);
        var rag = estimate.of(Plan.RAG).monthly();
        var calls = item(rag.items(), "model calls");
        assertThat(calls.amount()).isEqualTo(Range.of(50, 200));
        assertThat(calls.basis()).isEqualTo(Basis.MEASURED);
        assertThat(calls.how()).contains("2,000 tokens (measured)");
        assertThat(item(rag.items(), "vector database").amount()).isEqualTo(Range.of(150, 600));
        assertThat(item(rag.items(), "embedding").amount()).isEqualTo(Range.of(10.5, 26.25));
        // Infrastructure is still a planning figure, but the published total no longer speaks for its share.
        assertThat(rag.total()).isEqualTo(Range.of(50 + 150 + 10.5 + 30, 200 + 600 + 26.25 + 100));
        assertThat(rag.shared()).isEmpty();
        assertThat(CostNotes.of(rag)).singleElement().asString().contains("50-500", "no longer speaks for this");
        var training = item(estimate.of(Plan.FINE_TUNING_HOSTED).setup().items(), "adapter training");
        assertThat(training.amount()).isEqualTo(Range.of(6, 6));
        assertThat(item(estimate.methods(), "qlora").amount()).isEqualTo(Range.of(1.5, 1.5));
        assertThat(item(estimate.methods(), "qlora").basis()).isEqualTo(Basis.MEASURED);
        assertThat(item(estimate.methods(), "lora").basis()).isEqualTo(Basis.PLANNING);
    }

    @Test
    void whatRunsInProcessIsNotPaidFor() {
        var unknown = Workload.UNKNOWN;
        var work = new Workload(
                unknown.tokensPerQuery(),
                unknown.documents(),
                unknown.gigabytes(),
                unknown.trainingSeconds(),
                unknown.hardwarePrice(),
                unknown.method(),
                unknown.trainings(),
                Set.of(PriceName.VECTOR_DATABASE, PriceName.EMBEDDING_QUESTIONS, PriceName.MODEL_TOKENS));
        var rag = new CostModel(BOOK, work).estimate(10_000).of(Plan.RAG).monthly();
        assertThat(rag.sumOfParts()).isEqualTo(rag.total()).isEqualTo(Range.of(30, 100));
        assertThat(item(rag.items(), "model calls").amount()).isEqualTo(Range.ZERO);
    }

    @Test
    void aPriceOfOnesOwnCountsInFullAndIsSaidToBeOne() {
        var prices = new java.util.EnumMap<>(BOOK.prices());
        prices.put(
                PriceName.VECTOR_DATABASE, new Price(Range.of(70, 70), java.time.LocalDate.of(2026, 1, 1), "an offer"));
        var model = new CostModel(
                new PriceBook("mine.yaml", "USD", Map.copyOf(prices), BOOK.assumptions()), Workload.UNKNOWN);
        var rag = model.estimate(10_000).of(Plan.RAG).monthly();
        assertThat(item(rag.items(), "vector database").basis()).isEqualTo(Basis.PRICE_BOOK);
        assertThat(rag.total()).isEqualTo(rag.sumOfParts()).isEqualTo(Range.of(70 + 150, 70 + 550));
    }

    @Test
    void inAnotherCurrencyNothingIsAPublishedFigure() {
        var model =
                new CostModel(new PriceBook("euro.yaml", "EUR", BOOK.prices(), BOOK.assumptions()), Workload.UNKNOWN);
        var rag = model.estimate(10_000).of(Plan.RAG).monthly();
        assertThat(rag.items()).extracting(Item::basis).containsOnly(Basis.PRICE_BOOK);
        assertThat(rag.total()).isEqualTo(rag.sumOfParts());
    }

    @Test
    void theBreakEvenPointIsWhereTheMiddlesMeet() {
        var points = BreakEven.of(MODEL, 12);
        var point = points.stream()
                .filter(each -> each.below() == Plan.RAG && each.above() == Plan.FINE_TUNING_HOSTED)
                .findFirst()
                .orElseThrow();
        assertThat(allIn(point.queries(), Plan.FINE_TUNING_HOSTED)).isLessThan(allIn(point.queries(), Plan.RAG));
        assertThat(allIn(point.queries() - 1, Plan.FINE_TUNING_HOSTED))
                .isGreaterThanOrEqualTo(allIn(point.queries() - 1, Plan.RAG));
        assertThat(allIn(BreakEven.MOST, Plan.FINE_TUNING_HOSTED)).isLessThan(allIn(BreakEven.MOST, Plan.RAG));
        assertThat(points).noneMatch(each -> each.below() == each.above());
        // Spread over more months, the dearer set-up weighs less.
        assertThat(BreakEven.of(MODEL, 60).stream()
                        .filter(each -> each.below() == Plan.RAG && each.above() == Plan.FINE_TUNING_HOSTED))
                .singleElement()
                .satisfies(longer -> assertThat(longer.queries()).isLessThan(point.queries()));
    }

    private static double allIn(long queries, Plan plan) {
        return MODEL.estimate(queries).of(plan).allIn(12).middle();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e13})
    void nonsenseIsRefused(double tokens) {
        assertThatThrownBy(() -> new Workload(
                        OptionalDouble.of(tokens),
                        OptionalLong.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Set.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("Tokens per query must be a number from 0");
        assertThatThrownBy(() -> MODEL.estimate(0)).isInstanceOf(MendableException.class);
    }

    @Test
    void thePageHoldsTheNumbersTheNotesAndTheChart() {
        var html = new CostPage(MODEL, 10_000, java.util.List.of(1_000L, 100_000L), 12).html();
        assertThat(html)
                .contains(
                        "50-500",
                        "2,000-8,000",
                        "5,000-25,000",
                        "do not agree",
                        "queries a month",
                        "break-even: about ")
                .contains("500-10,000+", "From about ")
                .doesNotContain("NaN")
                .doesNotContain("<script");
    }
}
