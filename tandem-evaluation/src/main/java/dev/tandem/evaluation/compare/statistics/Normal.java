package dev.tandem.evaluation.compare.statistics;

/** The standard normal distribution, to 14 decimals, and to seven digits far out in the
 * tails (West, "Better approximations to cumulative normal functions", 2005). */
public final class Normal {
    private static final double[] NUMERATOR = {
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };
    private static final double[] DENOMINATOR = {
        8.83883476483184e-02,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
    };
    private static final double FAR = 7.07106781186547;
    private static final double BEYOND_DOUBLES = 37;
    private static final int HALVINGS = 80;

    private Normal() {}

    /** The probability of a value of at most {@code z}. */
    public static double probabilityUpTo(double z) {
        double tail = upperTail(Math.abs(z));
        return z > 0 ? 1 - tail : tail;
    }

    private static double upperTail(double z) {
        if (z > BEYOND_DOUBLES) {
            return 0;
        }
        double density = Math.exp(-z * z / 2);
        if (z < FAR) {
            return density * polynomial(NUMERATOR, z) / polynomial(DENOMINATOR, z);
        }
        double fraction = z + 0.65;
        for (int term = 4; term >= 1; term--) {
            fraction = z + term / fraction;
        }
        return density / fraction / Math.sqrt(2 * Math.PI);
    }

    private static double polynomial(double[] coefficients, double z) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * z + coefficient;
        }
        return sum;
    }

    /**
     * The value that a share of {@code probability} stays below.
     *
     * @param probability in (0, 1)
     */
    public static double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("A quantile needs a probability between 0 and 1, not " + probability);
        }
        // The lower half only, where a tail keeps its digits.
        double wanted = Math.min(probability, 1 - probability);
        double low = -BEYOND_DOUBLES - 1;
        double high = 0;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (probabilityUpTo(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return probability < 0.5 ? high : -high;
    }
}
