package dev.tandem.evaluation.retrieval;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.metric.BootstrapInterval;
import java.util.Collections;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well a system retrieves on one test set; immutable. In JSON every component has its own name, apart from {@code
 * ndcg@10_interval} and {@code latency_ms}.
 *
 * @param queries how many queries the means are taken over
 * @param judgements how many pairs of query and document the split judges
 * @param depth how many documents of each query count
 * @param metrics means by name: {@code ndcg@k}, {@code recall@k}, {@code precision@k}, {@code hit_rate@k} for k = 1, 3, 5,
 *     10, 20, 100, and {@code mrr@10}, {@code map}, each in [0, 1]
 * @param ndcgInterval the 95% interval of nDCG@10 over queries
 * @param signature the conventions behind nDCG@10, and behind all other measures but for the name
 */
@JsonPropertyOrder({
    "dataset",
    "split",
    "queries",
    "judgements",
    "depth",
    "threads",
    "metrics",
    "ndcg@10_interval",
    "latency_ms",
    "signature"
})
public record RetrievalReport(
        String dataset,
        String split,
        int queries,
        int judgements,
        int depth,
        int threads,
        Map<String, Double> metrics,
        @JsonProperty("ndcg@10_interval") BootstrapInterval ndcgInterval,
        @JsonProperty("latency_ms") Latency latency,
        String signature) {
    private static final JsonMapper JSON = new JsonMapper();

    public RetrievalReport {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The report as one JSON object. */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The report as a table for people. */
    public String toText() {
        try (Formatter text = new Formatter(Locale.ROOT)) {
            text.format("%s (%s): %d queries, %d judgements, depth %d%n", dataset, split, queries, judgements, depth);
            text.format("%5s %8s %8s %10s %9s%n", "k", "nDCG", "recall", "precision", "hit rate");
            for (int k : RetrievalEvaluation.CUTOFFS) {
                text.format(
                        "%5d %8.4f %8.4f %10.4f %9.4f%n",
                        k,
                        metrics.get("ndcg@" + k),
                        metrics.get("recall@" + k),
                        metrics.get("precision@" + k),
                        metrics.get("hit_rate@" + k));
            }
            text.format("MRR@10 %.4f, MAP %.4f%n", metrics.get("mrr@10"), metrics.get("map"));
            text.format(
                    "nDCG@10 %.0f%% interval: %.4f to %.4f%n",
                    ndcgInterval.confidence() * 100, ndcgInterval.low(), ndcgInterval.high());
            text.format(
                    "time per query (%d at once): p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                    threads, latency.p50(), latency.p95(), latency.p99());
            return text.format("%s%n", signature).toString();
        }
    }
}
