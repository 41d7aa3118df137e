package dev.tandem.evaluation.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.evaluation.metric.QueryScope;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.evaluation.testset.TestQuery;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalEvaluationTest {
    @Test
    void theReportHoldsTheMeansOfAllMeasures() {
        BeirFolder testSet = testSet(Map.of("q1", Map.of("a", 1), "q2", Map.of("b", 1, "c", 1)));
        RetrievalReport report = RetrievalEvaluation.standard()
                .evaluate(testSet, (query, text, depth) -> List.of(hit("a", 3), hit("b", 2)), Progress.silent())
                .report();
        assertThat(report.queries()).isEqualTo(2);
        assertThat(report.judgements()).isEqualTo(3);
        assertThat(report.metrics())
                .hasSize(26)
                .containsEntry("hit_rate@1", 0.5)
                .containsEntry("hit_rate@3", 1.0)
                .containsEntry("recall@3", 0.75)
                .containsEntry("precision@1", 0.5)
                .containsEntry("mrr@10", 0.75)
                .containsEntry("map", 0.625);
        assertThat(report.ndcgInterval().low())
                .isLessThanOrEqualTo(report.metrics().get("ndcg@10"));
        assertThat(report.signature())
                .isEqualTo("ndcg_cut.10|gain:linear|relevant:1|ties:docid-desc|scores:float32|queries:with-relevant"
                        + "|depth:100|self-hits:dropped");
    }

    @Test
    void aHitThatIsTheQueryItselfIsDroppedBeforeTheDepthIsCut() {
        BeirFolder testSet = testSet(Map.of("q1", Map.of("a", 1)));
        RetrievalEvaluation.Outcome outcome = new RetrievalEvaluation(2, 1, QueryScope.WITH_RELEVANT)
                .evaluate(
                        testSet,
                        (query, text, depth) -> {
                            assertThat(depth).isEqualTo(3);
                            return List.of(hit("z", 1), hit("a", 2), hit("b", 3), hit("q1", 4));
                        },
                        Progress.silent());
        assertThat(outcome.run().of("q1")).containsExactly(hit("b", 3), hit("a", 2));
        assertThat(outcome.report().metrics()).containsEntry("mrr@10", 0.5);
    }

    @Test
    void severalThreadsGiveTheSameRunAndReportEveryQuery() {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        IntStream.range(0, 200).forEach(i -> grades.put("q" + i, Map.of("d" + i % 7, 1)));
        BeirFolder testSet = testSet(grades);
        RankingFunction system = (query, text, depth) -> IntStream.range(0, 10)
                .mapToObj(i -> hit("d" + i, (query.hashCode() * 31 + i * 17) % 13))
                .toList();
        AtomicLong steps = new AtomicLong();
        Progress counting = (label, total, unit) -> steps::addAndGet;
        RetrievalEvaluation.Outcome one =
                new RetrievalEvaluation(5, 1, QueryScope.WITH_RELEVANT).evaluate(testSet, system, counting);
        RetrievalEvaluation.Outcome four =
                new RetrievalEvaluation(5, 4, QueryScope.WITH_RELEVANT).evaluate(testSet, system, counting);
        assertThat(four.run()).isEqualTo(one.run());
        assertThat(four.metrics()).isEqualTo(one.metrics());
        assertThat(steps).hasValue(400);
    }

    @Test
    void theSystemsFailureComesThroughAsItIs() {
        BeirFolder testSet = testSet(Map.of("q1", Map.of("a", 1)));
        MendableException failure = new MendableException("The index is gone: ingest again.");
        assertThatThrownBy(() -> RetrievalEvaluation.standard()
                        .evaluate(
                                testSet,
                                (query, text, depth) -> {
                                    throw failure;
                                },
                                Progress.silent()))
                .isSameAs(failure);
        assertThatThrownBy(() -> new RetrievalEvaluation(0, 1, QueryScope.IN_RUN))
                .hasMessageContaining("at least 1");
    }

    @Test
    void anInterruptCancelsTheEvaluation() {
        BeirFolder testSet = testSet(Map.of("q1", Map.of("a", 1)));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> RetrievalEvaluation.standard()
                        .evaluate(testSet, (query, text, depth) -> List.of(), Progress.silent()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nothingRetrievedIsZeroAndNoError() {
        RetrievalReport report = RetrievalEvaluation.standard()
                .evaluate(testSet(Map.of("q1", Map.of("a", 1))), (query, text, depth) -> List.of(), Progress.silent())
                .report();
        assertThat(report.metrics().values()).containsOnly(0.0);
    }

    @Test
    void jsonAndTextNameTheSameNumbers() throws IOException {
        RetrievalReport report = RetrievalEvaluation.standard()
                .evaluate(
                        testSet(Map.of("q1", Map.of("a", 1))),
                        (query, text, depth) -> List.of(hit("a", 1)),
                        Progress.silent())
                .report();
        JsonNode json = new ObjectMapper().readTree(report.toJson());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "dataset",
                        "split",
                        "queries",
                        "judgements",
                        "depth",
                        "threads",
                        "metrics",
                        "ndcg@10_interval",
                        "latency_ms",
                        "signature");
        assertThat(json.at("/metrics/ndcg@10").doubleValue()).isEqualTo(1);
        assertThat(json.at("/ndcg@10_interval/low").doubleValue()).isEqualTo(1);
        assertThat(json.at("/latency_ms/p99").isNumber()).isTrue();
        assertThat(report.toText().replace(System.lineSeparator(), "\n"))
                .startsWith("sample (test): 1 queries, 1 judgements, depth 100\n")
                .contains("   10   1.0000   1.0000     0.1000    1.0000\n")
                .contains("MRR@10 1.0000, MAP 1.0000\n")
                .endsWith(report.signature() + "\n");
    }

    @Test
    void latencyPercentilesAreNearestRanks() {
        long[] nanos = IntStream.rangeClosed(1, 100)
                .mapToLong(i -> (101 - i) * 1_000_000L)
                .toArray();
        assertThat(Latency.ofNanos(nanos)).isEqualTo(new Latency(50, 95, 99));
        assertThat(Latency.ofNanos(new long[] {2_000_000})).isEqualTo(new Latency(2, 2, 2));
    }

    private static BeirFolder testSet(Map<String, Map<String, Integer>> grades) {
        List<TestQuery> queries = grades.keySet().stream()
                .sorted()
                .map(id -> new TestQuery(id, "text of " + id))
                .toList();
        return new BeirFolder(Path.of("sample"), "test", queries, new Qrels(grades));
    }

    private static ScoredDocument hit(String document, double score) {
        return new ScoredDocument(document, score);
    }
}
