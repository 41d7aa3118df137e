package dev.tandem.evaluation.drift;

import java.util.Arrays;
import org.apache.lucene.util.VectorUtil;

/** How wide a Gaussian kernel is: by the distances within a reference. */
final class KernelWidth {
    private static final int MOST = 300;

    private KernelWidth() {}

    /** The factor of the squared distance in the exponent, one over the median (the "median heuristic"). */
    static double sharpness(float[][] vectors) {
        int count = Math.min(MOST, vectors.length);
        var distances = new double[count * (count - 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                distances[next++] = squaredDistance(vectors[i], vectors[j]);
            }
        }
        Arrays.sort(distances);
        double median = distances[distances.length / 2];
        // Nothing but one text again and again: any other is far away.
        return 1 / Math.max(median, 1e-3);
    }

    static double squaredDistance(float[] one, float[] other) {
        return VectorUtil.squareDistance(one, other);
    }
}
