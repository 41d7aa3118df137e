package dev.tandem.evaluation.cost;

/** How an amount follows the queries a month. */
public enum Scaling {
    /** Twice the queries, twice the amount. */
    LINEAR("linear"),
    /** The same until a machine or a store is full, then as much again. */
    STEPWISE("stepwise"),
    /** Does not depend on queries. */
    FIXED("fixed");

    private final String label;

    Scaling(String label) {
        this.label = label;
    }

    /** For people and for JSON. */
    public String label() {
        return label;
    }
}
