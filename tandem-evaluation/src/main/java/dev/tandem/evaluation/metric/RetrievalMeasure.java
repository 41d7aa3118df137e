package dev.tandem.evaluation.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One measure of a ranking, defined as trec_eval defines it (Buckley and Voorhees, "Retrieval System Evaluation", 2005;
 * nDCG after Järvelin and Kekäläinen, 2002, with the grade itself as gain and log2(rank + 1) as discount).
 *
 * <p>Values are in [0, 1]. A ranking shorter than the cutoff is as if filled with documents that are not relevant. Rank
 * measures divide by what all judgements allow, not by what was retrieved.
 *
 * @param cutoff only the first so many documents count; empty means all that were retrieved
 */
public record RetrievalMeasure(Kind kind, OptionalInt cutoff) {
    /** What is measured. */
    public enum Kind {
        NDCG("ndcg", "ndcg", "ndcg_cut"),
        MAP("map", "map", "map_cut"),
        /** Reciprocal rank of the first relevant document; its mean is MRR. trec_eval has it without a cutoff only. */
        RECIPROCAL_RANK("mrr", "recip_rank", "recip_rank_cut"),
        PRECISION("precision", "P", "P"),
        RECALL("recall", "recall", "recall"),
        /** One when any relevant document is retrieved. */
        HIT_RATE("hit_rate", "success", "success"),
        /** Precision after as many documents as there are relevant ones. */
        R_PRECISION("r_precision", "Rprec", "Rprec");

        private final String label;
        private final String trecName;
        private final String trecNameAtCutoff;

        Kind(String label, String trecName, String trecNameAtCutoff) {
            this.label = label;
            this.trecName = trecName;
            this.trecNameAtCutoff = trecNameAtCutoff;
        }

        private boolean allows(OptionalInt cutoff) {
            return switch (this) {
                case NDCG, MAP, RECIPROCAL_RANK -> true;
                case PRECISION, RECALL, HIT_RATE -> cutoff.isPresent();
                case R_PRECISION -> cutoff.isEmpty();
            };
        }
    }

    public RetrievalMeasure {
        if (cutoff.isPresent() && cutoff.getAsInt() < 1) {
            throw new IllegalArgumentException("A cutoff is at least 1, not " + cutoff.getAsInt());
        }
        if (!kind.allows(cutoff)) {
            throw new IllegalArgumentException(
                    kind.label + (cutoff.isPresent() ? " takes no cutoff" : " needs a cutoff"));
        }
    }

    /** The measure over the first {@code cutoff} documents. */
    public static RetrievalMeasure at(Kind kind, int cutoff) {
        return new RetrievalMeasure(kind, OptionalInt.of(cutoff));
    }

    /** The measure over all retrieved documents. */
    public static RetrievalMeasure of(Kind kind) {
        return new RetrievalMeasure(kind, OptionalInt.empty());
    }

    /** The name in tables and JSON: {@code ndcg@10}, {@code hit_rate@5}, {@code map}. */
    public String label() {
        return cutoff.isPresent() ? kind.label + "@" + cutoff.getAsInt() : kind.label;
    }

    /** The name on trec_eval's command line: {@code ndcg_cut.10}, {@code success.5}, {@code map}. */
    public String trecName() {
        return cutoff.isPresent() ? kind.trecNameAtCutoff + "." + cutoff.getAsInt() : kind.trecName;
    }

    /**
     * The measure for one query.
     *
     * @param ranking best first, in the order that {@link Run} gives
     * @param judged document id to grade
     */
    public double value(List<ScoredDocument> ranking, Map<String, Integer> judged) {
        int[] ideal = judged.values().stream()
                .filter(grade -> grade >= Qrels.RELEVANT)
                .sorted(Comparator.reverseOrder())
                .mapToInt(Integer::intValue)
                .toArray();
        if (ideal.length == 0) {
            return 0;
        }
        int depth = kind == Kind.R_PRECISION ? ideal.length : cutoff.orElse(Integer.MAX_VALUE);
        int[] grades = ranking.stream()
                .limit(depth)
                .mapToInt(document -> Math.max(0, judged.getOrDefault(document.document(), 0)))
                .toArray();
        return switch (kind) {
            case NDCG -> discountedGain(grades) / discountedGain(head(ideal, depth));
            case MAP -> precisionsAtRelevant(grades) / ideal.length;
            case RECIPROCAL_RANK -> reciprocalRank(grades);
            case PRECISION -> (double) relevant(grades) / depth;
            case RECALL, R_PRECISION -> (double) relevant(grades) / ideal.length;
            case HIT_RATE -> relevant(grades) > 0 ? 1 : 0;
        };
    }

    private static int[] head(int[] grades, int length) {
        return Arrays.copyOf(grades, Math.min(grades.length, length));
    }

    private static double discountedGain(int[] grades) {
        double sum = 0;
        for (int i = 0; i < grades.length; i++) {
            if (grades[i] > 0) {
                sum += grades[i] / (Math.log(i + 2) / Math.log(2));
            }
        }
        return sum;
    }

    private static double precisionsAtRelevant(int[] grades) {
        double sum = 0;
        int relevant = 0;
        for (int i = 0; i < grades.length; i++) {
            if (grades[i] >= Qrels.RELEVANT) {
                relevant++;
                sum += (double) relevant / (i + 1);
            }
        }
        return sum;
    }

    private static double reciprocalRank(int[] grades) {
        for (int i = 0; i < grades.length; i++) {
            if (grades[i] >= Qrels.RELEVANT) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static long relevant(int[] grades) {
        return Arrays.stream(grades).filter(grade -> grade >= Qrels.RELEVANT).count();
    }
}
