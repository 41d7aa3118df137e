package dev.tandem.evaluation.compare;

/**
 * A number that is no average over cases, such as a cost, and where it comes from.
 *
 * @param measured whether it was measured; else it is a planning assumption
 * @param source where it can be looked up: a run, a price book with its date
 */
public record Amount(double value, boolean measured, String source) {
    public static Amount measured(double value, String source) {
        return new Amount(value, true, source);
    }

    public static Amount assumed(double value, String source) {
        return new Amount(value, false, source);
    }
}
