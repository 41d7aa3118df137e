package dev.tandem.evaluation.compare.statistics;

/**
 * The exact McNemar test: whether two approaches are right on equally many of the same independent cases. Only cases on which
 * they disagree speak, and without a difference each of them is a coin's toss.
 *
 * <p>Exact rather than mid-p: the exact test never errs more often than it says, at any level. Mid-p has a little more power, but
 * its promise holds on average and not in each case, and the levels that are left after Holm's correction are small.
 */
public final class McNemar {
    private McNemar() {}

    /**
     * The two-sided probability of disagreements at least as lopsided.
     *
     * @param onlyFirst cases that only the first has right
     * @param onlySecond cases that only the second has right
     */
    public static double pValue(int onlyFirst, int onlySecond) {
        int disagreements = onlyFirst + onlySecond;
        return Math.min(1, 2 * Binomial.probabilityUpTo(Math.min(onlyFirst, onlySecond), disagreements, 0.5));
    }
}
