package dev.tandem.evaluation.compare.statistics;

/**
 * Where a value lies, with a stated confidence.
 *
 * @param confidence in (0, 1)
 */
public record Interval(double low, double high, double confidence, Method method) {
    /** How an interval was computed. */
    public enum Method {
        /** A proportion, from the score test (Wilson, 1927). */
        WILSON("Wilson"),
        /** A difference of paired proportions from the score test (Tango, 1998). */
        TANGO("Tango"),
        /** A mean by the bootstrap over cases, or clusters of them, widened for small samples (Hesterberg, 2015). */
        BOOTSTRAP("bootstrap"),
        /** A quantile, between two of the values themselves. */
        ORDER_STATISTICS("order statistics");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Seen from the other side: the interval of minus the value. */
    public Interval negated() {
        return new Interval(-high, -low, confidence, method);
    }
}
