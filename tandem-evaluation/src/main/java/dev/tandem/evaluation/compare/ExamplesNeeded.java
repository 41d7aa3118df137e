package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.PairComparison.Test;
import dev.tandem.evaluation.compare.statistics.McNemarPower;
import dev.tandem.evaluation.compare.statistics.PairedMeanPower;
import dev.tandem.evaluation.compare.statistics.SampleSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * How large a test set would have to be for the best guess to be declared the winner, in four test sets of five, if the approaches
 * disagree as often as they did on this one. A measured gap is itself uncertain, and the number goes with its square: two more
 * numbers say how much. Each is of examples in all, and empty if {@link SampleSize#LARGEST} are too few.
 *
 * @param examples if the gaps are as measured
 * @param more than there are now
 * @param atLeast if the gaps are as large as their 95% intervals allow: with fewer it would be luck
 * @param atMargin if the gaps are as large as the margin of quality, whatever was measured
 */
public record ExamplesNeeded(
        Optional<Integer> examples, Optional<Integer> more, Optional<Integer> atLeast, Optional<Integer> atMargin) {
    public static final double POWER = 0.8;

    /**
     * Of the comparisons that have not found their difference.
     *
     * @param open seen from the best guess; at least one
     * @param margin of quality, in score
     */
    static ExamplesNeeded of(List<PairComparison> open, double margin) {
        Optional<Integer> examples = smallest(open, PairComparison::difference);
        int now = open.stream().mapToInt(PairComparison::cases).min().orElseThrow();
        return new ExamplesNeeded(
                examples,
                examples.map(all -> Math.max(1, all - now)),
                smallest(open, pair -> pair.interval().high()),
                smallest(open, pair -> margin));
    }

    private static Optional<Integer> smallest(List<PairComparison> open, ToDoubleFunction<PairComparison> gap) {
        List<IntToDoubleFunction> tests =
                open.stream().map(pair -> power(pair, gap.applyAsDouble(pair))).toList();
        OptionalInt found = SampleSize.forPower(tests, POWER);
        return found.isPresent() ? Optional.of(found.getAsInt()) : Optional.empty();
    }

    /** Disagreement stays as it was measured, the gap is what is asked about. */
    private static IntToDoubleFunction power(PairComparison pair, double gap) {
        if (gap <= 0) {
            return examples -> 0;
        }
        if (pair.test() == Test.MCNEMAR) {
            double disagreement = (pair.firstAhead() + pair.secondAhead()) / (double) pair.cases();
            double rate = Math.max(disagreement, gap);
            return new McNemarPower((rate + gap) / 2, (rate - gap) / 2, pair.level());
        }
        return new PairedMeanPower(gap, pair.deviation(), pair.level());
    }
}
