package dev.tandem.evaluation.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D3: with nothing changed, every published planning range comes out exactly. */
class PublishedFiguresTest {
    private static final CostModel MODEL = new CostModel(PriceBook.shipped(), Workload.UNKNOWN);
    private static final Estimate ESTIMATE = MODEL.estimate(10_000);

    @Test
    void tenThousandQueriesAreAssumed() {
        assertThat(MODEL.assumedQueries()).isEqualTo(10_000);
        assertThat(MODEL.book().currency()).isEqualTo("USD");
    }

    @ParameterizedTest
    @CsvSource({"RAG, 2000, 8000", "FINE_TUNING_HOSTED, 5000, 25000", "FINE_TUNING_SELF_HOSTED, 5000, 25000"})
    void settingUp(Plan plan, double low, double high) {
        assertThat(ESTIMATE.of(plan).setup().total()).isEqualTo(Range.of(low, high));
    }

    @Test
    void ragAMonth() {
        assertThat(ESTIMATE.of(Plan.RAG).monthly().total()).isEqualTo(Range.of(50, 500));
    }

    @ParameterizedTest
    @CsvSource({
        "vector database, 50, 200",
        "model calls, 100, 400",
        "embedding, 20, 50",
        "infrastructure, 30, 100",
    })
    void partsOfRagAMonth(String item, double low, double high) {
        assertItem(ESTIMATE.of(Plan.RAG).monthly().items(), item, low, high);
    }

    @ParameterizedTest
    @CsvSource({
        "training data, 2000, 8000",
        "pipeline, 3000, 10000",
        "adapter training, 500, 2000",
        "evaluation, 1000, 3000",
    })
    void partsOfSettingUpFineTuning(String item, double low, double high) {
        assertItem(ESTIMATE.of(Plan.FINE_TUNING_HOSTED).setup().items(), item, low, high);
    }

    @Test
    void fineTuningAMonth() {
        assertItem(ESTIMATE.of(Plan.FINE_TUNING_HOSTED).monthly().items(), "hosted inference", 10, 100);
        assertItem(ESTIMATE.of(Plan.FINE_TUNING_SELF_HOSTED).monthly().items(), "self-hosted inference", 200, 1_000);
        assertItem(ESTIMATE.of(Plan.FINE_TUNING_HOSTED).monthly().items(), "monitoring", 50, 100);
        var retraining = item(ESTIMATE.of(Plan.FINE_TUNING_HOSTED).monthly().items(), "retraining");
        assertThat(retraining.amount().low() * 3).isEqualTo(200);
        assertThat(retraining.amount().high() * 3).isEqualTo(800);
        assertThat(retraining.how()).isEqualTo("200-800 a quarter, over 3 months");
    }

    @ParameterizedTest
    @CsvSource({"full, '500-10,000+'", "lora, 50-500", "qlora, 20-200", "prompt, 10-100"})
    void trainings(String method, String range) {
        assertThat(item(ESTIMATE.methods(), method).amount()).hasToString(range);
    }

    @Test
    void weeksAndExamples() {
        assertThat(Plan.RAG.weeks()).isEqualTo(Range.of(1, 2));
        assertThat(Plan.FINE_TUNING_HOSTED.weeks()).isEqualTo(Range.of(2, 6));
        assertThat(PlanningFigures.EXAMPLES).hasToString("100-10,000");
        assertThat(PlanningFigures.LORA_EXAMPLES).hasToString("100-500");
    }

    @Test
    void theSumsOfPartsThatDisagreeWithTheirTotalsAreShownAndSaid() {
        var rag = ESTIMATE.of(Plan.RAG).monthly();
        assertThat(rag.sumOfParts())
                .isEqualTo(PublishedTotal.RAG_MONTHLY.parts())
                .isEqualTo(Range.of(200, 750));
        assertThat(CostNotes.of(rag))
                .singleElement()
                .asString()
                .contains("50-500", "200-750", "do not agree", "25%", "67%");
        var tuning = ESTIMATE.of(Plan.FINE_TUNING_HOSTED).setup();
        assertThat(tuning.sumOfParts())
                .isEqualTo(PublishedTotal.FINE_TUNING_SETUP.parts())
                .isEqualTo(Range.of(6_500, 23_000));
        assertThat(CostNotes.of(tuning)).hasSize(1);
        assertThat(CostNotes.of(ESTIMATE.of(Plan.RAG).setup())).isEmpty();
    }

    @Test
    void everythingIsSaidToBeAPlanningFigure() {
        assertThat(ESTIMATE.plans().stream().flatMap(plan -> plan.monthly().items().stream()))
                .extracting(Item::basis)
                .containsOnly(Basis.PLANNING);
    }

    private static void assertItem(List<Item> items, String name, double low, double high) {
        assertThat(item(items, name).amount()).isEqualTo(Range.of(low, high));
    }

    static Item item(List<Item> items, String name) {
        return items.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
