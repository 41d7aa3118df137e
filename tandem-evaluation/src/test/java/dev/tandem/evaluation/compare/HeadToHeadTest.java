package dev.tandem.evaluation.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.compare.HeadToHead.Cell;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadToHeadTest {
    private static final List<ComparedCase> CASES = Simulated.cases(50, QuestionType.CHANGED, "c");
    private static final Costs COSTS = new Costs(
            Optional.empty(),
            Optional.of(Amount.assumed(5_000, "price book")),
            Optional.of(Amount.measured(123, "tokens of run 7")),
            Optional.of(Amount.measured(0.2, "run 7")));

    @Test
    void cellsAreMeasuredWhereAnythingWasAndPlannedElseAndSayWhich() {
        Measured rag = new Measured(
                "rag", ApproachKind.RAG, Simulated.right(CASES, 0, 40), Map.of(), COSTS, Optional.of(0.96));
        Measured tuned = new Measured(
                "fine-tuned",
                ApproachKind.FINE_TUNED,
                Simulated.right(CASES, 0, 5),
                Map.of(),
                Costs.UNKNOWN,
                Optional.empty());
        Cell examples = new Cell("812 examples", Optional.of(812.0), Optional.empty(), true, "training data");
        HeadToHead table = HeadToHead.of(
                Simulated.of(CASES, rag, tuned), Map.of("fine-tuned", Map.of(Aspect.DATA_NEEDED, examples)));

        assertThat(table.approaches()).containsExactly("rag", "fine-tuned");
        assertThat(table.rows().keySet()).containsExactly(Aspect.values());
        assertThat(cell(table, Aspect.FRESHNESS, 0).measured()).isTrue();
        assertThat(cell(table, Aspect.FRESHNESS, 0).text()).startsWith("accuracy 0.800 [");
        assertThat(cell(table, Aspect.FACTUAL_ACCURACY, 0).measured()).isFalse();
        assertThat(cell(table, Aspect.TIME_TO_PRODUCTION, 0).text()).isEqualTo("12 min to build");
        assertThat(cell(table, Aspect.MONTHLY_COST, 0))
                .isEqualTo(new Cell("$123", Optional.of(123.0), Optional.empty(), true, "tokens of run 7"));
        assertThat(cell(table, Aspect.SET_UP_COST, 0).measured()).isFalse();
        assertThat(cell(table, Aspect.EXPLAINABILITY, 0).text()).isEqualTo("96% of answers name a checked source");
        assertThat(cell(table, Aspect.DATA_NEEDED, 1)).isEqualTo(examples);
        assertThat(cell(table, Aspect.SET_UP_COST, 1).text()).isEqualTo("$5,000-25,000");
        assertThat(cell(table, Aspect.SET_UP_COST, 1).measured()).isFalse();
    }

    @Test
    void everyKindHasAPlanningAssumptionForEveryAspect() {
        for (ApproachKind kind : ApproachKind.values()) {
            for (Aspect aspect : Aspect.values()) {
                Cell cell = PlanningAssumptions.cell(kind, aspect);
                assertThat(cell.text()).as(kind + " " + aspect).isNotBlank();
                assertThat(cell.measured()).isFalse();
            }
        }
    }

    private static Cell cell(HeadToHead table, Aspect aspect, int column) {
        return Objects.requireNonNull(table.rows().get(aspect)).get(column);
    }
}
