package dev.tandem.evaluation.gate;

/**
 * What a metric must reach.
 *
 * @param metric a name that {@link dev.tandem.evaluation.run.RunMetric} knows
 * @param type the question type it is asked of, by its key; {@link #ALL} for all questions
 * @param value on the metric's own scale
 * @param required whether the gate fails where the run has no such value
 */
public record Threshold(String metric, String type, Bound bound, double value, boolean required) {
    /** Every question type together, as runs write it. */
    public static final String ALL = "all";

    /** On which side of the threshold values are allowed; the threshold itself always is. */
    public enum Bound {
        MIN("at least"),
        MAX("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        /** As it is said before the threshold. */
        public String words() {
            return words;
        }
    }

    /** Values that are sums of many need not be exact to the last bit. */
    private static final double ROUNDING = 1e-9;

    boolean allows(double measured) {
        return bound == Bound.MIN ? measured >= value - ROUNDING : measured <= value + ROUNDING;
    }

    /** The metric, with its type unless that is all. */
    public String name() {
        return type.equals(ALL) ? metric : metric + " (" + type + ")";
    }

    static Threshold atLeast(String metric, double value) {
        return new Threshold(metric, ALL, Bound.MIN, value, false);
    }

    static Threshold atMost(String metric, double value) {
        return new Threshold(metric, ALL, Bound.MAX, value, false);
    }
}
