package dev.tandem.evaluation.compare.statistics;

/** Binomial probabilities that neither overflow nor lose their digits for many draws. */
public final class Binomial {
    private static final int EXACT_FACTORIALS = 16;

    private Binomial() {}

    /**
     * The probability of exactly {@code hits} in {@code draws}.
     *
     * @param rate of hits, in [0, 1]
     */
    public static double probability(int hits, int draws, double rate) {
        if (hits < 0 || hits > draws) {
            return 0;
        }
        if (rate <= 0 || rate >= 1) {
            return hits == (rate <= 0 ? 0 : draws) ? 1 : 0;
        }
        return Math.exp(logFactorial(draws)
                - logFactorial(hits)
                - logFactorial(draws - hits)
                + hits * Math.log(rate)
                + (draws - hits) * Math.log1p(-rate));
    }

    /** The probability of at most {@code hits} in {@code draws}. */
    public static double probabilityUpTo(int hits, int draws, double rate) {
        double sum = 0;
        for (int i = 0; i <= Math.min(hits, draws); i++) {
            sum += probability(i, draws, rate);
        }
        return Math.min(1, sum);
    }

    private static double logFactorial(int n) {
        if (n < EXACT_FACTORIALS) {
            long product = 1;
            for (int i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log((double) product);
        }
        // Stirling's series; its first term left out is below 1e-12 here.
        double inverse = 1.0 / n;
        double square = inverse * inverse;
        return n * Math.log(n)
                - n
                + Math.log(2 * Math.PI * n) / 2
                + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    }
}
