package dev.tandem.evaluation.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures of a run per query, equal to trec_eval's; immutable.
 *
 * @param perQuery measure to query id to value in [0, 1]; queries in the order of the judgements
 */
public record RetrievalMetrics(QueryScope scope, Map<RetrievalMeasure, Map<String, Double>> perQuery) {
    public RetrievalMetrics {
        Map<RetrievalMeasure, Map<String, Double>> copy = new LinkedHashMap<>();
        perQuery.forEach((measure, values) -> copy.put(measure, Collections.unmodifiableMap(values)));
        perQuery = Collections.unmodifiableMap(copy);
    }

    /** Measures a run; queries that are not judged are left out. */
    public static RetrievalMetrics of(Qrels qrels, Run run, List<RetrievalMeasure> measures, QueryScope scope) {
        List<String> queries = qrels.grades().keySet().stream()
                .filter(query -> scope.counts(query, qrels, run))
                .toList();
        Map<RetrievalMeasure, Map<String, Double>> perQuery = new LinkedHashMap<>();
        for (RetrievalMeasure measure : measures) {
            Map<String, Double> values = new LinkedHashMap<>();
            queries.forEach(query -> values.put(query, measure.value(run.of(query), qrels.of(query))));
            perQuery.put(measure, values);
        }
        return new RetrievalMetrics(scope, perQuery);
    }

    /** One measure per query; fails when it was not asked for. */
    public Map<String, Double> perQuery(RetrievalMeasure measure) {
        Map<String, Double> values = perQuery.get(measure);
        if (values == null) {
            throw new IllegalArgumentException(measure.label() + " was not measured");
        }
        return values;
    }

    /** The arithmetic mean over the queries; zero when there are none. */
    public double mean(RetrievalMeasure measure) {
        double sum = 0;
        Map<String, Double> values = perQuery(measure);
        for (double value : values.values()) {
            sum += value;
        }
        return values.isEmpty() ? 0 : sum / values.size();
    }

    /** How many queries the means are taken over. */
    public int queries() {
        return perQuery.values().stream().findFirst().map(Map::size).orElse(0);
    }

    /**
     * What a number of this measure means, so that two people can tell that they measured the same thing: {@code
     * ndcg_cut.10|gain:linear|relevant:1|ties:docid-desc|scores:float32|queries:with-relevant}.
     */
    public String signature(RetrievalMeasure measure) {
        return measure.trecName() + "|" + conventions();
    }

    /** The part of the signature that all measures share. */
    public String conventions() {
        return "gain:linear|relevant:" + Qrels.RELEVANT + "|ties:docid-desc|scores:float32|queries:" + scope.label();
    }
}
