package dev.tandem.evaluation.cost;

/** A published total beside the sum of its published parts, for those that do not agree. */
@SuppressWarnings("ImmutableEnumChecker") // a range is a record of numbers
public enum PublishedTotal {
    /** There is no total, or it is the sum. */
    NONE(Range.of(1, 1), Range.of(1, 1)),
    RAG_MONTHLY(PlanningFigures.RAG_MONTHLY, Range.of(200, 750)),
    FINE_TUNING_SETUP(PlanningFigures.FINE_TUNING_SETUP, Range.of(6_500, 23_000));

    private final Range total;
    private final Range parts;

    PublishedTotal(Range total, Range parts) {
        this.total = total;
        this.parts = parts;
    }

    public Range total() {
        return total;
    }

    /** The sum of the published parts. */
    public Range parts() {
        return parts;
    }

    /** The share of parts that the total leaves: the sum of the published parts becomes the published total, exactly. */
    Range share(Range amount) {
        // Multiplied first: 750 * 500 / 750 is 500, 750 * (500 / 750) need not be.
        return new Range(
                amount.low() * total.low() / parts.low(),
                amount.high() * total.high() / parts.high(),
                amount.openEnded());
    }
}
