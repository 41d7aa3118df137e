package dev.tandem.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.metric.RetrievalMeasure.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetrievalMetricsTest {
    private static final RetrievalMeasure NDCG_AT_10 = RetrievalMeasure.at(Kind.NDCG, 10);
    private static final RetrievalMeasure MRR = RetrievalMeasure.of(Kind.RECIPROCAL_RANK);
    private static final List<RetrievalMeasure> MEASURES = List.of(
            NDCG_AT_10,
            MRR,
            RetrievalMeasure.of(Kind.NDCG),
            RetrievalMeasure.of(Kind.MAP),
            RetrievalMeasure.at(Kind.MAP, 5),
            RetrievalMeasure.at(Kind.PRECISION, 5),
            RetrievalMeasure.at(Kind.RECALL, 5),
            RetrievalMeasure.at(Kind.HIT_RATE, 3),
            RetrievalMeasure.of(Kind.R_PRECISION));

    static Stream<Random> seeds() {
        return IntStream.range(0, 100).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void valuesLieBetweenZeroAndOne(Random random) {
        RetrievalMetrics metrics = RetrievalMetrics.of(
                new Qrels(Map.of("q", judged(random))),
                new Run(Map.of("q", hits(random))),
                MEASURES,
                QueryScope.ALL_JUDGED);
        for (RetrievalMeasure measure : MEASURES) {
            assertThat(metrics.mean(measure)).as(measure.label()).isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfTheInputDoesNotMatter(Random random) {
        Qrels qrels = new Qrels(Map.of("q", judged(random)));
        List<ScoredDocument> hits = hits(random);
        List<ScoredDocument> shuffled = new ArrayList<>(hits);
        Collections.shuffle(shuffled, random);
        assertThat(RetrievalMetrics.of(qrels, new Run(Map.of("q", shuffled)), MEASURES, QueryScope.IN_RUN))
                .isEqualTo(RetrievalMetrics.of(qrels, new Run(Map.of("q", hits)), MEASURES, QueryScope.IN_RUN));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theIdealRankingIsPerfect(Random random) {
        Map<String, Integer> judged = judged(random);
        judged.put("relevant", 2);
        List<ScoredDocument> ideal = judged.entrySet().stream()
                .map(document -> new ScoredDocument(document.getKey(), document.getValue()))
                .toList();
        RetrievalMetrics metrics = RetrievalMetrics.of(
                new Qrels(Map.of("q", judged)), new Run(Map.of("q", ideal)), MEASURES, QueryScope.WITH_RELEVANT);
        assertThat(metrics.mean(NDCG_AT_10)).isEqualTo(1);
        assertThat(metrics.mean(RetrievalMeasure.of(Kind.NDCG))).isEqualTo(1);
        assertThat(metrics.mean(RetrievalMeasure.of(Kind.MAP))).isCloseTo(1, within(1e-15));
        assertThat(metrics.mean(RetrievalMeasure.of(Kind.R_PRECISION))).isEqualTo(1);
    }

    @Test
    void theScopeSaysWhichQueriesTheMeanCounts() {
        Qrels qrels =
                new Qrels(Map.of("found", Map.of("a", 1), "left out", Map.of("a", 1), "hopeless", Map.of("a", 0)));
        Run run = new Run(Map.of("found", List.of(new ScoredDocument("a", 1)), "not judged", List.of()));
        assertThat(RetrievalMetrics.of(qrels, run, MEASURES, QueryScope.IN_RUN).mean(MRR))
                .isEqualTo(1);
        assertThat(RetrievalMetrics.of(qrels, run, MEASURES, QueryScope.WITH_RELEVANT)
                        .mean(MRR))
                .isEqualTo(0.5);
        assertThat(RetrievalMetrics.of(qrels, run, MEASURES, QueryScope.ALL_JUDGED)
                        .mean(MRR))
                .isEqualTo(1.0 / 3);
    }

    @Test
    void theSignatureTellsEveryConvention() {
        RetrievalMetrics metrics =
                RetrievalMetrics.of(new Qrels(Map.of()), new Run(Map.of()), MEASURES, QueryScope.WITH_RELEVANT);
        assertThat(metrics.signature(NDCG_AT_10))
                .isEqualTo("ndcg_cut.10|gain:linear|relevant:1|ties:docid-desc|scores:float32|queries:with-relevant");
        assertThat(metrics.mean(NDCG_AT_10)).isZero();
    }

    @Test
    void impossibleMeasuresAndHitsAreRefused() {
        assertThatThrownBy(() -> RetrievalMeasure.at(Kind.NDCG, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> RetrievalMeasure.of(Kind.PRECISION)).hasMessageContaining("needs a cutoff");
        assertThatThrownBy(() -> RetrievalMeasure.at(Kind.R_PRECISION, 5)).hasMessageContaining("takes no cutoff");
        assertThatThrownBy(() -> new ScoredDocument("a", Double.NaN)).hasMessageContaining("NaN");
        ScoredDocument hit = new ScoredDocument("a", 1);
        assertThatThrownBy(() -> new Run(Map.of("q", List.of(hit, hit)))).hasMessageContaining("twice");
    }

    @Test
    void theIntervalHoldsTheMeanAndDependsOnTheSeedOnly() {
        double[] values = new Random(3).doubles(200).toArray();
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        BootstrapInterval interval = BootstrapInterval.ofMean(values, 1);
        assertThat(interval.low()).isLessThan(mean);
        assertThat(interval.high()).isGreaterThan(mean);
        // The normal approximation: 1.96 standard errors of a uniform variable on either side.
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * Math.sqrt(1 / 12.0 / 200), within(0.01));
        assertThat(BootstrapInterval.ofMean(values, 1)).isEqualTo(interval);
        assertThat(BootstrapInterval.ofMean(new double[] {0.25}, 1).high()).isEqualTo(0.25);
    }

    @Test
    void thePairedIntervalSeesADifferenceThatTheSpreadOfQueriesHides() {
        double[] first = new Random(4).doubles(100).toArray();
        double[] second =
                java.util.Arrays.stream(first).map(value -> value + 0.01).toArray();
        BootstrapInterval interval = BootstrapInterval.ofDifference(first, second, 1);
        assertThat(interval.low()).isCloseTo(0.01, within(1e-9));
        assertThatThrownBy(() -> BootstrapInterval.ofDifference(first, new double[1], 1))
                .hasMessageContaining("equal number");
    }

    private static Map<String, Integer> judged(Random random) {
        Map<String, Integer> judged = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(30))
                .forEach(i -> judged.put("d" + random.nextInt(40), random.nextInt(6) - 1));
        return judged;
    }

    private static List<ScoredDocument> hits(Random random) {
        List<Integer> documents = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
        Collections.shuffle(documents, random);
        return documents.subList(0, random.nextInt(40)).stream()
                .map(document -> new ScoredDocument("d" + document, random.nextInt(8)))
                .toList();
    }
}
