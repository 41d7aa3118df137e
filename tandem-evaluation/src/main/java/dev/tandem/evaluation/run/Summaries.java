package dev.tandem.evaluation.run;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.metric.text.Bleu;
import dev.tandem.evaluation.metric.text.Chrf;
import dev.tandem.evaluation.metric.text.CorpusMetric;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The summaries of a run from its examples. Examples without a value count as missing and never as zero. */
record Summaries(Measure.Scope scope) {
    private static final String ALL = "all";
    private static final double PERCENT = 100;

    List<MetricSummary> of(List<ExampleResult> results) {
        var groups = new LinkedHashMap<String, List<ExampleResult>>();
        groups.put(ALL, results);
        for (var type : QuestionType.values()) {
            var own = results.stream()
                    .filter(result -> result.testCase().type() == type)
                    .toList();
            if (!own.isEmpty()) {
                groups.put(type.key(), own);
            }
        }
        var summaries = new ArrayList<MetricSummary>();
        groups.forEach((type, group) -> {
            for (var measure : Measure.values()) {
                summaries.addAll(of(measure, type, group));
            }
        });
        return summaries;
    }

    private List<MetricSummary> of(Measure measure, String type, List<ExampleResult> group) {
        var label = measure.label(scope.settings());
        var with = group.stream()
                .filter(result -> result.metrics().containsKey(label))
                .toList();
        if (with.isEmpty()) {
            return List.of();
        }
        int missing = (int) group.stream()
                .filter(result -> !result.metrics().containsKey(label))
                .filter(result -> measure.belongsTo(result.testCase(), result.answer(), scope))
                .count();
        double[] values = with.stream()
                .mapToDouble(result -> result.metrics().getOrDefault(label, 0.0))
                .toArray();
        return switch (measure) {
            case BLEU -> List.of(corpus(Bleu.DEFAULT, label, type, with, missing));
            case CHRF -> List.of(corpus(Chrf.DEFAULT, label, type, with, missing));
            case LATENCY ->
                List.of(
                        percentile(0.50, "latency_p50_ms", type, values, missing),
                        percentile(0.95, "latency_p95_ms", type, values, missing),
                        percentile(0.99, "latency_p99_ms", type, values, missing));
            default -> List.of(mean(label, type, values, missing));
        };
    }

    private MetricSummary mean(String label, String type, double[] values, int missing) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        var interval = values.length == 1
                ? Optional.<BootstrapInterval>empty()
                : Optional.of(BootstrapInterval.ofMean(values, scope.settings().seed()));
        return new MetricSummary(label, type, sum / values.length, interval, values.length, missing);
    }

    private MetricSummary corpus(
            CorpusMetric metric, String label, String type, List<ExampleResult> results, int missing) {
        var counts = results.stream()
                .map(result -> metric.counts(
                        result.answer().map(AnswerMeasures::said).orElse(""), References.whole(result.testCase())))
                .toList();
        double value = metric.corpusScore(CorpusMetric.sum(counts)) / PERCENT;
        var interval = counts.size() == 1
                ? Optional.<BootstrapInterval>empty()
                : Optional.of(BootstrapInterval.ofSums(
                        counts,
                        sums -> metric.corpusScore(sums) / PERCENT,
                        scope.settings().seed()));
        return new MetricSummary(label, type, value, interval, counts.size(), missing);
    }

    /** By nearest rank. */
    private static MetricSummary percentile(double share, String label, String type, double[] values, int missing) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = Math.max(1, (int) Math.ceil(share * sorted.length));
        return new MetricSummary(label, type, sorted[rank - 1], Optional.empty(), sorted.length, missing);
    }
}
