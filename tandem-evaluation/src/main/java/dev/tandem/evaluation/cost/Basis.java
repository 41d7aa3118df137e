package dev.tandem.evaluation.cost;

/** What an amount rests on. */
public enum Basis {
    /** A published figure, or an assumption of Tandem's, that nobody has changed. */
    PLANNING("planning figure"),
    /** A price or assumption that somebody wrote into a price book. */
    PRICE_BOOK("price book"),
    /** A price times what was measured or counted. */
    MEASURED("measured");

    private final String label;

    Basis(String label) {
        this.label = label;
    }

    /** For people and for JSON. */
    public String label() {
        return label;
    }
}
