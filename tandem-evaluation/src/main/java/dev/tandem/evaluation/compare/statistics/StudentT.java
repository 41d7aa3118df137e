package dev.tandem.evaluation.compare.statistics;

/** Student's t distribution (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4). */
public final class StudentT {
    /** Above, two terms of the expansion in 1/degrees (26.7.5) are right to eight digits, and the sums would be long. */
    private static final int NEARLY_NORMAL = 1_000;

    private static final int HALVINGS = 80;
    private static final double LARGEST = 1e6;

    private StudentT() {}

    /**
     * The value that the absolute value exceeds with a probability of {@code tails}.
     *
     * @param tails the probability of both tails together, in (0, 1)
     * @param degrees of freedom, at least 1
     */
    public static double twoSidedQuantile(double tails, int degrees) {
        if (degrees < 1) {
            throw new IllegalArgumentException("Student's t needs at least one degree of freedom, not " + degrees);
        }
        if (degrees > NEARLY_NORMAL) {
            double z = -Normal.quantile(tails / 2);
            double square = z * z;
            double first = z * (square + 1) / 4;
            double second = z * (square * (5 * square + 16) + 3) / 96;
            return z + (first + second / degrees) / degrees;
        }
        double low = 0;
        double high = LARGEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (1 - probabilityWithin(middle, degrees) > tails) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double probabilityWithin(double t, int degrees) {
        double angle = Math.atan(t / Math.sqrt(degrees));
        double cosine = Math.cos(angle);
        double square = cosine * cosine;
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = 0;
        for (int power = odd ? 1 : 0; power <= degrees - 2; power += 2) {
            sum += term;
            term *= square * (power + 1) / (power + 2);
        }
        return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    }
}
