package dev.tandem.evaluation.compare;

/** A row of the head-to-head table. */
public enum Aspect {
    TIME_TO_PRODUCTION("time to production"),
    SET_UP_COST("set-up cost"),
    MONTHLY_COST("monthly cost"),
    FRESHNESS("freshness"),
    FACTUAL_ACCURACY("factual accuracy"),
    CUSTOM_BEHAVIOUR("custom behaviour"),
    EXPLAINABILITY("explainability"),
    DATA_NEEDED("data needed"),
    INFRASTRUCTURE("infrastructure"),
    LOCK_IN("lock-in");

    private final String label;

    Aspect(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
