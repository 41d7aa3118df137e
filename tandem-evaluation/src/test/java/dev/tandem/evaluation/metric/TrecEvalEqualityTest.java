package dev.tandem.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.evaluation.metric.RetrievalMeasure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The golden file comes from reference/metrics/make_fixtures.py. */
class TrecEvalEqualityTest {
    @TestFactory
    Stream<DynamicTest> everyMeasureOfEveryQueryEqualsTrecEval() throws IOException {
        JsonNode cases = golden().path("cases");
        assertThat(cases.size()).isEqualTo(11);
        return StreamSupport.stream(cases.spliterator(), false)
                .map(node -> DynamicTest.dynamicTest(node.path("name").asText(), () -> assertEqual(node)));
    }

    private static void assertEqual(JsonNode node) {
        RetrievalMetrics metrics =
                RetrievalMetrics.of(qrels(node.path("qrels")), run(node.path("run")), measures(), QueryScope.IN_RUN);
        JsonNode expected = node.path("expected");
        assertThat(metrics.queries()).isEqualTo(expected.size());
        for (RetrievalMeasure measure : measures()) {
            metrics.perQuery(measure).forEach((query, value) -> {
                JsonNode reference = expected.path(query).path(measure.label());
                assertThat(reference.isNumber()).isTrue();
                // The logarithm's last bit differs between C and Java; everything else is exact.
                double tolerance = measure.kind() == Kind.NDCG ? 1e-14 : 0;
                assertThat(value)
                        .as("%s of query %s", measure.label(), query)
                        .isCloseTo(reference.doubleValue(), within(tolerance));
            });
        }
    }

    private static List<RetrievalMeasure> measures() {
        List<RetrievalMeasure> measures = new ArrayList<>();
        for (int cutoff : new int[] {1, 3, 5, 10, 20, 100}) {
            Arrays.stream(Kind.values())
                    .filter(kind -> kind != Kind.R_PRECISION)
                    .forEach(kind -> measures.add(RetrievalMeasure.at(kind, cutoff)));
        }
        Stream.of(Kind.NDCG, Kind.MAP, Kind.RECIPROCAL_RANK, Kind.R_PRECISION)
                .forEach(kind -> measures.add(RetrievalMeasure.of(kind)));
        return measures;
    }

    private static Qrels qrels(JsonNode node) {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        node.properties().forEach(query -> {
            Map<String, Integer> judged = new LinkedHashMap<>();
            query.getValue()
                    .properties()
                    .forEach(document ->
                            judged.put(document.getKey(), document.getValue().intValue()));
            grades.put(query.getKey(), judged);
        });
        return new Qrels(grades);
    }

    private static Run run(JsonNode node) {
        Map<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
        node.properties()
                .forEach(query -> rankings.put(
                        query.getKey(),
                        query.getValue().properties().stream()
                                .map(hit -> new ScoredDocument(
                                        hit.getKey(), hit.getValue().doubleValue()))
                                .toList()));
        return new Run(rankings);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(TrecEvalEqualityTest.class.getResourceAsStream("trec-eval.json"))) {
            return new ObjectMapper().readTree(file);
        }
    }
}
