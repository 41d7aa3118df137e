package dev.tandem.evaluation.drift;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.VectorUtil;

/**
 * Whether questions are others than those of a reference, by two tests that see different things and share the level: whether their
 * vectors are spread otherwise ({@link VectorShift}: known topics that come more or less often, or other topics in numbers), and whether
 * they are unlike any known one ({@link MeanShift} of their novelty: a few questions of new topics among many usual ones). Immutable; safe
 * for use by many threads.
 *
 * <p>Novelty is the distance to the nearest questions of the reference's first half; what is usual is told by the second half, which is as
 * little part of the first as new questions are, so that both are alike if nothing has changed.
 */
public final class QuestionShift {
    private static final int NEAREST = 3;

    private final VectorShift spread;
    private final List<float[]> known;
    private final MeanShift novelty;

    /**
     * A reference.
     *
     * @param reference in its order: unit vectors, at least four blocks
     * @param block how many neighbours are kept together
     */
    public QuestionShift(List<float[]> reference, int block) {
        if (reference.size() < 4 * block) {
            throw new IllegalArgumentException(
                    "A reference of " + reference.size() + " vectors has too few blocks of " + block);
        }
        int half = reference.size() / 2;
        this.spread = new VectorShift(reference, block);
        this.known = List.copyOf(reference.subList(0, half));
        this.novelty = new MeanShift(
                reference.subList(half, reference.size()).stream()
                        .map(this::novelty)
                        .toList(),
                block,
                true);
    }

    /**
     * A question beside the reference, to be looked at in several windows.
     *
     * @param novelty one less the mean cosine with the nearest known questions
     */
    public record Placed(VectorShift.Placed spread, double novelty) {}

    /** Places a question beside the reference. */
    public Placed place(float[] vector) {
        return new Placed(spread.place(vector), novelty(vector));
    }

    private double novelty(float[] vector) {
        var best = new double[NEAREST];
        java.util.Arrays.fill(best, -1);
        for (var other : known) {
            double cosine = VectorUtil.dotProduct(vector, other);
            for (int i = 0; i < NEAREST; i++) {
                if (cosine > best[i]) {
                    double moved = best[i];
                    best[i] = cosine;
                    cosine = moved;
                }
            }
        }
        return 1 - java.util.Arrays.stream(best).average().orElseThrow();
    }

    /**
     * Compares the newest questions with the reference.
     *
     * @param window in its order, whole blocks
     * @param level of both tests together
     * @return the spread's shift, with the smaller p-value of both, doubled, since either may find it (Bonferroni)
     */
    public Shift of(List<Placed> window, double level, long seed) {
        var other = spread.of(window.stream().map(Placed::spread).toList(), level / 2, seed);
        var values = new ArrayList<Double>();
        window.forEach(each -> values.add(each.novelty()));
        var newer = novelty.of(values, level / 2, seed);
        double pValue = Math.min(1, 2 * Math.min(other.pValue(), newer.pValue()));
        return new Shift(window.size(), other.size(), other.byChance(), pValue, level);
    }
}
