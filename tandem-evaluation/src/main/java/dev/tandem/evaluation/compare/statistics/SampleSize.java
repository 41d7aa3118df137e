package dev.tandem.evaluation.compare.statistics;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/** The number of examples at which tests find what is there. */
public final class SampleSize {
    /** No test set is grown beyond. */
    public static final int LARGEST = 20_000;

    private static final int SMALLEST = 8;

    private SampleSize() {}

    /**
     * The fewest examples with which all tests together find their difference with a probability of {@code power}; empty if
     * {@link #LARGEST} are too few. What the tests miss is added up (Boole's inequality), so that with several the number is on
     * the safe side.
     *
     * @param tests the probability, by examples, that each finds its difference
     */
    public static OptionalInt forPower(List<? extends IntToDoubleFunction> tests, double power) {
        int high = SMALLEST;
        while (together(tests, high) < power) {
            if (high == LARGEST) {
                return OptionalInt.empty();
            }
            high = Math.min(LARGEST, 2 * high);
        }
        int low = high / 2;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (together(tests, middle) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalInt.of(high);
    }

    private static double together(List<? extends IntToDoubleFunction> tests, int examples) {
        return 1
                - tests.stream()
                        .mapToDouble(test -> 1 - test.applyAsDouble(examples))
                        .sum();
    }
}
