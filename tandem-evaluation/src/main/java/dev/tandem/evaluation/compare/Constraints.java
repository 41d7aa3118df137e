package dev.tandem.evaluation.compare;

import java.util.Optional;

/**
 * What an approach must keep to be chosen, and what counts as a difference when quality does not decide.
 *
 * @param maxLatencyMs that 95 of 100 answers must keep, in milliseconds
 * @param monthlyBudget US dollars a month
 * @param setUpBudget US dollars once
 * @param minAttribution share of answers that must name a checked source, in [0, 1]
 */
public record Constraints(
        Optional<Double> maxLatencyMs,
        Optional<Double> monthlyBudget,
        Optional<Double> setUpBudget,
        Optional<Double> minAttribution,
        Margins margins) {
    public static final Constraints NONE =
            new Constraints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Margins.DEFAULT);

    /**
     * What counts as a difference where quality does not decide.
     *
     * @param quality how far behind the best, in score, an approach may be measured and still win by cost or latency, in [0, 1]
     * @param cost by what share it must be cheaper a month than every other to win by it, in [0, 1)
     * @param latency by what share it must be faster, in [0, 1)
     */
    public record Margins(double quality, double cost, double latency) {
        public static final Margins DEFAULT = new Margins(0.05, 0.2, 0.2);
    }
}
