package dev.tandem.evaluation.score;

import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.metric.task.TaskCheck;
import dev.tandem.evaluation.metric.text.BleuTokenizer;
import java.util.List;
import java.util.Optional;

/**
 * How predictions are scored.
 *
 * @param metrics in the order of the results, each once
 * @param tokenizer BLEU's
 * @param lowercase whether BLEU and chrF pass over case
 * @param stemmer whether ROUGE compares stems
 * @param task what {@link ScoreMetric#ACCURACY} checks; it cannot do without
 * @param similarity what {@link ScoreMetric#SIMILARITY} measures with; it cannot do without
 * @param seed of the intervals
 */
public record ScoreSettings(
        List<ScoreMetric> metrics,
        BleuTokenizer tokenizer,
        boolean lowercase,
        boolean stemmer,
        Optional<TaskCheck> task,
        Optional<SemanticSimilarity> similarity,
        long seed) {
    /** What sacrebleu draws with; any other would do as well. */
    public static final long SEED = 12345;

    public ScoreSettings {
        metrics = metrics.stream().distinct().toList();
        if (metrics.contains(ScoreMetric.ACCURACY) && task.isEmpty()) {
            throw new IllegalArgumentException("Accuracy needs a task");
        }
        if (metrics.contains(ScoreMetric.SIMILARITY) && similarity.isEmpty()) {
            throw new IllegalArgumentException("Similarity needs an embedding model");
        }
    }

    /** These metrics as their reference programs compute them unless told otherwise. */
    public static ScoreSettings defaults(List<ScoreMetric> metrics) {
        return new ScoreSettings(metrics, BleuTokenizer.V13A, false, false, Optional.empty(), Optional.empty(), SEED);
    }
}
