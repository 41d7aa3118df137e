package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.Constraints;
import dev.tandem.evaluation.compare.ExamplesNeeded;
import dev.tandem.evaluation.compare.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The examples needed as simulation finds them, and as test sets of a smaller size predict them.
 *
 * @param simulated at which approach 0 is declared the winner in 80% of reports
 * @param pilots test sets that could not tell and predicted something
 * @param medianAtTruth median prediction over all test sets that could not tell, from their disagreement and the true gap
 * @param withinAtTruth percent of those within a factor of 1.5
 * @param medianMeasured median prediction from disagreement and measured gap
 * @param withinMeasured percent of those within a factor of 1.5
 * @param atLeastHolds percent of the predictions whose least number is not above the simulated one
 */
public record NeededExamples(
        int simulated,
        int pilots,
        int medianAtTruth,
        double withinAtTruth,
        int medianMeasured,
        double withinMeasured,
        double atLeastHolds) {
    private static final double FACTOR = 1.5;
    private static final int STEPS = 7;

    /**
     * Predicts from pilots, and simulates.
     *
     * @param pilot reports of the size that predicts; the gap of approach 0 to each of the others is taken as that to approach 1
     * @param number of reports at each size that is tried
     */
    public static NeededExamples of(Reports pilot, int number) {
        double[] means = pilot.truth().means();
        Constraints constraints = withMargin(means[0] - means[1]);
        List<ExamplesNeeded> predictions = IntStream.range(0, pilot.number())
                .parallel()
                .mapToObj(report -> Verdict.of(pilot.measurements(report), constraints))
                // The best guess must be right, or the gap asked about is another one.
                .filter(verdict -> verdict.leading().size() == means.length
                        && Reports.guessed(0).test(verdict))
                .flatMap(verdict -> verdict.examplesNeeded().stream())
                .toList();
        int[] atTruth =
                sorted(predictions.stream().map(ExamplesNeeded::atMargin).toList());
        int[] measured =
                sorted(predictions.stream().map(ExamplesNeeded::examples).toList());
        int simulated = simulated(pilot, number, median(atTruth));
        return new NeededExamples(
                simulated,
                predictions.size(),
                median(atTruth),
                within(atTruth, simulated),
                median(measured),
                within(measured, simulated),
                100.0
                        * predictions.stream()
                                .filter(one -> one.atLeast().orElse(Integer.MAX_VALUE) <= simulated)
                                .count()
                        / predictions.size());
    }

    private static Constraints withMargin(double margin) {
        Constraints none = Constraints.NONE;
        return new Constraints(
                none.maxLatencyMs(),
                none.monthlyBudget(),
                none.setUpBudget(),
                none.minAttribution(),
                new Constraints.Margins(margin, 0.2, 0.2));
    }

    /** Halves the range around a first guess; the last step is finer than the reports' own scatter. */
    private static int simulated(Reports like, int number, int guess) {
        double low = guess / 3.0;
        double high = guess * 3.0;
        for (int step = 0; step < STEPS; step++) {
            int middle = (int) Math.round(Math.sqrt(low * high));
            Reports reports = new Reports(like.truth(), middle, number, like.seed() + 1 + step);
            if (reports.percent(Reports.wins(0)) < 100 * ExamplesNeeded.POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (int) Math.round(Math.sqrt(low * high));
    }

    private static int[] sorted(List<Optional<Integer>> predictions) {
        // Too many to be named are many.
        return predictions.stream()
                .mapToInt(prediction -> prediction.orElse(Integer.MAX_VALUE))
                .sorted()
                .toArray();
    }

    private static int median(int[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static double within(int[] predictions, int simulated) {
        return 100.0
                * Arrays.stream(predictions)
                        .filter(one -> one <= FACTOR * simulated && one >= simulated / FACTOR)
                        .count()
                / predictions.length;
    }
}
