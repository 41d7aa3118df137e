package dev.tandem.evaluation.compare.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Equal to scipy and statsmodels: the golden file comes from reference/statistics/make_fixtures.py. */
class ReferenceStatisticsTest {
    @Test
    void normalAndStudentDistributionsEqualScipy() throws IOException {
        for (JsonNode row : rows("normal", 9)) {
            double probability = row.path("probability").doubleValue();
            assertThat(Normal.probabilityUpTo(row.path("z").doubleValue()))
                    .isCloseTo(probability, within(Math.min(1e-14, 1e-7 * probability)));
            assertThat(Normal.quantile(probability)).isCloseTo(row.path("z").doubleValue(), within(1e-7));
        }
        for (JsonNode row : rows("student", 33)) {
            double quantile = row.path("quantile").doubleValue();
            assertThat(StudentT.twoSidedQuantile(
                            row.path("tails").doubleValue(), row.path("degrees").intValue()))
                    .as(row.toString())
                    .isCloseTo(quantile, within(1e-5 * quantile));
        }
    }

    @Test
    void binomialProbabilitiesEqualScipy() throws IOException {
        for (JsonNode row : rows("binomial", 6)) {
            int hits = row.path("hits").intValue();
            int draws = row.path("draws").intValue();
            double rate = row.path("rate").doubleValue();
            double probability = row.path("probability").doubleValue();
            assertThat(Binomial.probability(hits, draws, rate)).isCloseTo(probability, within(1e-9 * probability));
            assertThat(Binomial.probabilityUpTo(hits, draws, rate))
                    .isCloseTo(row.path("up_to").doubleValue(), within(1e-10));
        }
    }

    @Test
    void mcNemarEqualsStatsmodels() throws IOException {
        for (JsonNode row : rows("mcnemar", 9)) {
            double expected = row.path("p").doubleValue();
            int first = row.path("first").intValue();
            int second = row.path("second").intValue();
            assertThat(McNemar.pValue(first, second)).as(row.toString()).isCloseTo(expected, within(1e-10 * expected));
            assertThat(McNemar.pValue(second, first)).isEqualTo(McNemar.pValue(first, second));
        }
    }

    @Test
    void wilsonEqualsStatsmodels() throws IOException {
        for (JsonNode row : rows("wilson", 5)) {
            Interval interval = Proportions.wilson(
                    row.path("hits").intValue(),
                    row.path("cases").intValue(),
                    row.path("confidence").doubleValue());
            assertThat(interval.low()).isCloseTo(row.path("low").doubleValue(), within(1e-12));
            assertThat(interval.high()).isCloseTo(row.path("high").doubleValue(), within(1e-12));
        }
    }

    @Test
    void holmEqualsStatsmodelsAndWithWeightsClosedTesting() throws IOException {
        for (JsonNode row : rows("holm", 5)) {
            assertThat(Holm.adjusted(numbers(row.path("p"))))
                    .containsExactly(numbers(row.path("adjusted")), within(1e-12));
        }
        for (JsonNode row : rows("weighted_holm", 12)) {
            assertThat(Holm.adjusted(numbers(row.path("p")), numbers(row.path("weights"))))
                    .containsExactly(numbers(row.path("adjusted")), within(1e-12));
        }
    }

    @Test
    void signFlipsEqualScipyExactlyForFewAndWithinDrawingForMany() throws IOException {
        for (JsonNode row : rows("sign_flip", 7)) {
            double expected = row.path("p").doubleValue();
            double measured = SignFlip.pValue(Sample.independent(numbers(row.path("differences"))), 7);
            // 400 extreme draws, or 20,000 in all: four standard errors of either, and scipy's own.
            double drawing = 4 * Math.max(expected / 20, Math.sqrt(expected / 20_000)) + 0.001;
            assertThat(measured)
                    .as(row.toString())
                    .isCloseTo(expected, within(row.path("exact").booleanValue() ? 1e-12 : drawing));
        }
    }

    @Test
    void powerOfMcNemarEqualsTheSumOverAllOutcomes() throws IOException {
        for (JsonNode row : rows("mcnemar_power", 4)) {
            McNemarPower power = new McNemarPower(
                    row.path("better").doubleValue(),
                    row.path("worse").doubleValue(),
                    row.path("level").doubleValue());
            assertThat(power.applyAsDouble(row.path("examples").intValue()))
                    .isCloseTo(row.path("power").doubleValue(), within(1e-9));
        }
    }

    @Test
    void powerOfPairedMeansIsThatOfStatsmodelsWithinAPoint() throws IOException {
        for (JsonNode row : rows("mean_power", 3)) {
            PairedMeanPower power = new PairedMeanPower(
                    row.path("difference").doubleValue(),
                    row.path("deviation").doubleValue(),
                    row.path("level").doubleValue());
            assertThat(power.applyAsDouble(row.path("examples").intValue()))
                    .isCloseTo(row.path("power").doubleValue(), within(0.01));
        }
    }

    private static Iterable<JsonNode> rows(String name, int expected) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(ReferenceStatisticsTest.class.getResourceAsStream("reference.json"))) {
            JsonNode rows = new ObjectMapper().readTree(stream).path(name);
            assertThat(rows.size()).isEqualTo(expected);
            return rows;
        }
    }

    private static double[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
