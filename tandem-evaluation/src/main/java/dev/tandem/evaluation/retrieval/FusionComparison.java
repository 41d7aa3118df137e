package dev.tandem.evaluation.retrieval;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.metric.RetrievalMeasure.Kind;
import dev.tandem.evaluation.metric.RetrievalMetrics;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.retrieval.Fusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Every fusion on the same questions, each compared with the present one question by question. Another one is chosen only
 * if it is better beyond what chance explains: the interval of its gain in nDCG@10 lies above zero, at a confidence that
 * allows for the number of comparisons (Bonferroni), so that at most one set of questions in twenty would move a
 * workspace for nothing.
 *
 * @param questions how many were asked
 * @param present the fusion that the others are compared with
 * @param chosen the best of those that are surely better than the present one, or the present one
 * @param rows best first by nDCG@10
 */
public record FusionComparison(int questions, Fusion present, Fusion chosen, List<Row> rows) {
    private static final long SEED = 20_261_123;
    private static final RetrievalMeasure NDCG = RetrievalMeasure.at(Kind.NDCG, 10);
    private static final RetrievalMeasure RECALL = RetrievalMeasure.at(Kind.RECALL, 10);

    public FusionComparison {
        rows = List.copyOf(rows);
    }

    /**
     * One fusion.
     *
     * @param ndcg nDCG@10
     * @param recall recall@10
     * @param gain the interval of its nDCG@10 less the present one's; of no width for the present one itself
     */
    public record Row(Fusion fusion, double ndcg, double recall, BootstrapInterval gain) {}

    /** Whether the questions tell another fusion apart from the present one as better. */
    public boolean decided() {
        return chosen != present;
    }

    /**
     * Asks all questions once for each fusion.
     *
     * @param systems the system to ask for each fusion
     */
    public static FusionComparison of(
            RetrievalEvaluation.Questions questions,
            Function<Fusion, RankingFunction> systems,
            Fusion present,
            Progress progress) {
        var metrics = new EnumMap<Fusion, RetrievalMetrics>(Fusion.class);
        for (var fusion : Fusion.values()) {
            metrics.put(
                    fusion,
                    RetrievalEvaluation.standard()
                            .evaluate(questions, systems.apply(fusion), labelled(progress, fusion))
                            .metrics());
        }
        return of(questions.queries().size(), metrics, present);
    }

    private static FusionComparison of(int questions, Map<Fusion, RetrievalMetrics> metrics, Fusion present) {
        var before = perQuery(metrics, present);
        double confidence = 1 - 0.05 / (Fusion.values().length - 1);
        var rows = new ArrayList<Row>();
        metrics.forEach((fusion, measured) -> rows.add(new Row(
                fusion,
                measured.mean(NDCG),
                measured.mean(RECALL),
                BootstrapInterval.ofDifference(before, perQuery(metrics, fusion), confidence, SEED))));
        // Of two that are equally good the one that was offered first: the sort is stable.
        rows.sort(Comparator.comparingDouble(Row::ndcg).reversed());
        var chosen = rows.stream()
                .filter(row -> row.gain().low() > 0)
                .findFirst()
                .map(Row::fusion)
                .orElse(present);
        return new FusionComparison(questions, present, chosen, rows);
    }

    private static double[] perQuery(Map<Fusion, RetrievalMetrics> metrics, Fusion fusion) {
        return Objects.requireNonNull(metrics.get(fusion)).perQuery(NDCG).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static Progress labelled(Progress progress, Fusion fusion) {
        return (label, total, unit) -> progress.start(label + " (" + fusion.key() + ")", total, unit);
    }
}
