package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.index.ScoredPassage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores of one list as z-scores: distances from their mean in standard deviations, so that lists compare. */
final class Standardised {
    private static final double FLAT = 1e-9;

    private final double mean;
    private final double deviation;
    private final Map<Integer, Double> scores = new HashMap<>();
    private double lowest;

    private Standardised(double[] values) {
        mean = Arrays.stream(values).average().orElse(0);
        deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
    }

    static Standardised of(double[] values) {
        return new Standardised(values);
    }

    static Standardised of(List<ScoredPassage> list) {
        var standardised =
                new Standardised(list.stream().mapToDouble(ScoredPassage::score).toArray());
        for (var passage : list) {
            double score = standardised.standardise(passage.score());
            standardised.scores.put(passage.key(), score);
            standardised.lowest = Math.min(standardised.lowest, score);
        }
        return standardised;
    }

    /** A value's z-score; 0 where all values are the same, which say nothing then. */
    double standardise(double value) {
        return deviation < FLAT ? 0 : (value - mean) / deviation;
    }

    /** The z-score of a passage of the list, or the lowest of the list for one that it lacks. */
    double of(int key) {
        return scores.getOrDefault(key, lowest);
    }
}
