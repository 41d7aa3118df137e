package dev.tandem.evaluation.compare.statistics;

import java.util.function.IntToDoubleFunction;

/**
 * How often a paired test of means finds the better of two approaches. The permutation test has the power of Student's t for all
 * but the smallest samples (Hoeffding, 1952); its non-central distribution is taken as normal.
 *
 * @param difference true mean difference in favour of the better one
 * @param deviation standard deviation of a case's difference; for clusters the mean's standard error times the root of the cases
 * @param level two-sided, in (0, 1)
 */
public record PairedMeanPower(double difference, double deviation, double level) implements IntToDoubleFunction {
    /** The probability that the better one is found with so many examples. */
    @Override
    public double applyAsDouble(int examples) {
        if (examples < 2) {
            return 0;
        }
        if (deviation <= 0) {
            return difference > 0 ? 1 : 0;
        }
        double critical = StudentT.twoSidedQuantile(level, examples - 1);
        return Normal.probabilityUpTo(difference * Math.sqrt(examples) / deviation - critical);
    }
}
