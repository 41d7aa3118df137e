package dev.tandem.evaluation.retrieval;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.evaluation.metric.QueryScope;
import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.metric.RetrievalMeasure.Kind;
import dev.tandem.evaluation.metric.RetrievalMetrics;
import dev.tandem.evaluation.metric.Run;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.evaluation.testset.TestQuery;
import dev.tandem.foundation.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks a system every judged query of a test set and measures what it retrieves. As BEIR does, a hit that is the query
 * itself is dropped (in some collections queries are documents too); then the best {@code depth} hits count. Immutable.
 *
 * @param depth how many documents of a query count, at least 1; MAP depends on it
 * @param threads how many queries run at once; latencies are those of this load
 */
public record RetrievalEvaluation(int depth, int threads, QueryScope scope) {
    /** The measures of a report beside MRR@10 and MAP, each at these cutoffs. */
    static final List<Integer> CUTOFFS = List.of(1, 3, 5, 10, 20, 100);

    static final List<Kind> KINDS_AT_CUTOFFS = List.of(Kind.NDCG, Kind.RECALL, Kind.PRECISION, Kind.HIT_RATE);

    private static final RetrievalMeasure NDCG_AT_10 = RetrievalMeasure.at(Kind.NDCG, 10);
    private static final long SEED = 20_261_123;

    public RetrievalEvaluation {
        if (depth < 1 || threads < 1) {
            throw new IllegalArgumentException("Depth and threads are at least 1: " + depth + ", " + threads);
        }
    }

    /** The 100 best documents of each query with a relevant document, one query at a time. */
    public static RetrievalEvaluation standard() {
        return new RetrievalEvaluation(100, 1, QueryScope.WITH_RELEVANT);
    }

    /**
     * What is asked, and which documents answer it.
     *
     * @param name as results are reported under
     * @param split which of the collection's sets of questions
     */
    public record Questions(String name, String split, List<TestQuery> queries, Qrels qrels) {
        public Questions {
            queries = List.copyOf(queries);
        }
    }

    /** What was retrieved, what that is worth per query, and the report of it. */
    public record Outcome(Run run, RetrievalMetrics metrics, RetrievalReport report) {}

    /**
     * Runs all queries. The first failure of the system ends the evaluation and comes through as it was thrown; an
     * interrupt cancels it with {@link CancellationException}.
     */
    public Outcome evaluate(BeirFolder testSet, RankingFunction system, Progress progress) {
        return evaluate(
                new Questions(testSet.name(), testSet.split(), testSet.queries(), testSet.qrels()), system, progress);
    }

    /** Runs questions from anywhere, in the same way. */
    public Outcome evaluate(Questions testSet, RankingFunction system, Progress progress) {
        List<Timed> results = askAll(testSet.queries(), system, progress);
        Map<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
        results.forEach(result -> rankings.put(result.query(), result.documents()));
        Run run = new Run(rankings);
        RetrievalMetrics metrics = RetrievalMetrics.of(testSet.qrels(), run, measures(), scope);
        long[] nanos = results.stream().mapToLong(Timed::nanos).toArray();
        return new Outcome(run, metrics, report(testSet, metrics, Latency.ofNanos(nanos)));
    }

    private record Timed(String query, List<ScoredDocument> documents, long nanos) {}

    private List<Timed> askAll(List<TestQuery> queries, RankingFunction system, Progress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, queries.size()));
        try (Progress.Task task = progress.start("Searching", queries.size(), "queries")) {
            ExecutorCompletionService<Timed> asked = new ExecutorCompletionService<>(pool);
            queries.forEach(query -> asked.submit(() -> ask(query, system)));
            Map<String, Timed> results = new LinkedHashMap<>();
            for (int done = 0; done < queries.size(); done++) {
                Timed result = asked.take().get();
                results.put(result.query(), result);
                task.step(1);
            }
            List<Timed> inOrder = new ArrayList<>();
            queries.forEach(query -> inOrder.add(results.get(query.id())));
            return inOrder;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The evaluation was interrupted");
        } finally {
            pool.shutdownNow();
            // The caller may close the system next: no query may still be using it.
            pool.close();
        }
    }

    private Timed ask(TestQuery query, RankingFunction system) {
        long start = System.nanoTime();
        // One more, for the hit that may be the query itself.
        List<ScoredDocument> documents = system.rank(query.id(), query.text(), depth + 1);
        long nanos = System.nanoTime() - start;
        List<ScoredDocument> others = documents.stream()
                .filter(document -> !document.document().equals(query.id()))
                .toList();
        List<ScoredDocument> ranked = new Run(Map.of(query.id(), others)).of(query.id());
        return new Timed(query.id(), ranked.subList(0, Math.min(depth, ranked.size())), nanos);
    }

    /** What every evaluation measures. */
    public static List<RetrievalMeasure> measures() {
        List<RetrievalMeasure> measures = new ArrayList<>();
        for (Kind kind : KINDS_AT_CUTOFFS) {
            CUTOFFS.forEach(cutoff -> measures.add(RetrievalMeasure.at(kind, cutoff)));
        }
        measures.add(RetrievalMeasure.at(Kind.RECIPROCAL_RANK, 10));
        measures.add(RetrievalMeasure.of(Kind.MAP));
        return measures;
    }

    private RetrievalReport report(Questions testSet, RetrievalMetrics metrics, Latency latency) {
        Map<String, Double> means = new LinkedHashMap<>();
        measures().forEach(measure -> means.put(measure.label(), metrics.mean(measure)));
        double[] ndcg = metrics.perQuery(NDCG_AT_10).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        // A test set whose every judgement is zero measures nothing, but that is no reason to fail.
        BootstrapInterval interval = BootstrapInterval.ofMean(ndcg.length == 0 ? new double[1] : ndcg, SEED);
        return new RetrievalReport(
                testSet.name(),
                testSet.split(),
                metrics.queries(),
                testSet.qrels().judgements(),
                depth,
                threads,
                means,
                interval,
                latency,
                metrics.signature(NDCG_AT_10) + "|depth:" + depth + "|self-hits:dropped");
    }
}
