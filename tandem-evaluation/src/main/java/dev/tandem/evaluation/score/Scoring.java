package dev.tandem.evaluation.score;

import dev.tandem.evaluation.metric.AnswerMetrics;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.metric.task.TaskCheck;
import dev.tandem.evaluation.metric.text.Bleu;
import dev.tandem.evaluation.metric.text.Chrf;
import dev.tandem.evaluation.metric.text.CorpusMetric;
import dev.tandem.evaluation.metric.text.Rouge;
import dev.tandem.evaluation.testset.AnswerPair;
import dev.tandem.evaluation.testset.AnswerPairs;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Scores pairs by the metrics of its settings, on all cores; the same pairs and settings give the same report to the bit.
 * For one thread.
 */
public final class Scoring {
    private static final double PERFECT = 1;
    private static final double PERFECT_PERCENT = 100;

    private final AnswerPairs pairs;
    private final ScoreSettings settings;
    private final Progress.Task progress;
    private final Map<ScoreMetric, MetricScore> scores = new EnumMap<>(ScoreMetric.class);

    private Scoring(AnswerPairs pairs, ScoreSettings settings, Progress.Task progress) {
        this.pairs = pairs;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Scores.
     *
     * @throws MendableException naming the line of a reference that the task cannot use
     */
    public static ScoreReport of(AnswerPairs pairs, ScoreSettings settings, Progress progress) {
        settings.task().ifPresent(task -> pairs.pairs().forEach(pair -> check(pair, task)));
        long passes = settings.metrics().stream()
                .map(Scoring::computedWith)
                .distinct()
                .count();
        try (var task = progress.start("Scoring", passes * pairs.pairs().size(), "texts")) {
            var scoring = new Scoring(pairs, settings, task);
            settings.metrics().forEach(scoring::score);
            return new ScoreReport(
                    pairs,
                    settings.metrics().stream()
                            .map(metric -> Optional.ofNullable(scoring.scores.get(metric))
                                    .orElseThrow())
                            .toList());
        }
    }

    /** The first of the metrics that one pass over the pairs gives. */
    private static ScoreMetric computedWith(ScoreMetric metric) {
        return switch (metric) {
            case ROUGE_1, ROUGE_2, ROUGE_L, ROUGE_L_SUM -> ScoreMetric.ROUGE_1;
            case EXACT_MATCH, F1 -> ScoreMetric.EXACT_MATCH;
            case BLEU, CHRF, CHRF_PLUS_PLUS, ACCURACY, SIMILARITY -> metric;
        };
    }

    private static void check(AnswerPair pair, TaskCheck task) {
        for (var reference : pair.references()) {
            task.fault(reference).ifPresent(fault -> {
                throw new MendableException(pair.place() + ": the reference '"
                        + (reference.length() > 60 ? reference.substring(0, 60) + "..." : reference) + "' " + fault
                        + "; mend it, or choose another --task.");
            });
        }
    }

    private void score(ScoreMetric metric) {
        if (scores.containsKey(metric)) {
            return;
        }
        switch (metric) {
            case BLEU -> corpus(metric, new Bleu(settings.tokenizer(), settings.lowercase()));
            case CHRF -> corpus(metric, new Chrf(0, settings.lowercase()));
            case CHRF_PLUS_PLUS -> corpus(metric, new Chrf(2, settings.lowercase()));
            case ROUGE_1, ROUGE_2, ROUGE_L, ROUGE_L_SUM -> rouge(new Rouge(settings.stemmer()));
            case EXACT_MATCH, F1 -> squad();
            case ACCURACY -> accuracy(metric, settings.task().orElseThrow());
            case SIMILARITY -> similarity(metric, settings.similarity().orElseThrow());
        }
    }

    private void corpus(ScoreMetric metric, CorpusMetric definition) {
        var counts = each(pair -> definition.counts(pair.prediction(), pair.references()));
        scores.put(
                metric,
                new MetricScore(
                        metric,
                        OptionalDouble.of(definition.corpusScore(CorpusMetric.sum(counts))),
                        PERFECT_PERCENT,
                        Optional.of(BootstrapInterval.ofSums(counts, definition::corpusScore, settings.seed())),
                        definition.name() + "|" + definition.signature(pairs.references()),
                        counts.stream()
                                .map(definition::sentenceScore)
                                .map(OptionalDouble::of)
                                .toList()));
    }

    private void rouge(Rouge rouge) {
        var all = each(pair -> rouge.scores(pair.prediction(), pair.references()));
        for (var metric : ScoreMetric.values()) {
            metric.rouge()
                    .ifPresent(kind -> mean(
                            metric,
                            rouge.signature(kind),
                            all,
                            each -> OptionalDouble.of(Optional.ofNullable(each.get(kind))
                                    .orElseThrow()
                                    .fMeasure())));
        }
    }

    private void squad() {
        var all = each(pair -> AnswerMetrics.of(pair.prediction(), pair.references()));
        var conventions = "|norm:squad-2.0|refs:max|agg:mean";
        mean(
                ScoreMetric.EXACT_MATCH,
                ScoreMetric.EXACT_MATCH.label() + conventions,
                all,
                each -> OptionalDouble.of(each.exactMatch()));
        mean(ScoreMetric.F1, ScoreMetric.F1.label() + conventions, all, each -> OptionalDouble.of(each.f1()));
    }

    private void accuracy(ScoreMetric metric, TaskCheck task) {
        var all = each(pair -> task.right(pair.prediction(), pair.references()));
        mean(
                metric,
                metric.label() + "|" + task.signature(),
                all,
                right -> right.isPresent() ? OptionalDouble.of(right.get() ? 1 : 0) : OptionalDouble.empty());
    }

    private void similarity(ScoreMetric metric, SemanticSimilarity similarity) {
        var all = each(pair -> similarity.of(pair.prediction(), pair.references()));
        mean(metric, similarity.signature(), all, OptionalDouble::of);
    }

    private <T> void mean(ScoreMetric metric, String signature, List<T> all, Function<T, OptionalDouble> value) {
        if (!settings.metrics().contains(metric)) {
            return;
        }
        var examples = all.stream().map(value).toList();
        var told = examples.stream()
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        double sum = 0;
        for (double each : told) {
            sum += each;
        }
        scores.put(
                metric,
                new MetricScore(
                        metric,
                        told.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / told.length),
                        PERFECT,
                        told.length == 0
                                ? Optional.empty()
                                : Optional.of(BootstrapInterval.ofMean(told, settings.seed())),
                        signature,
                        examples));
    }

    /** What is found for each pair, in their order. */
    private <T> List<T> each(Function<AnswerPair, T> found) {
        return pairs.pairs().parallelStream()
                .map(pair -> {
                    var value = found.apply(pair);
                    progress.step(1);
                    return value;
                })
                .toList();
    }
}
