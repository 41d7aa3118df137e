package dev.tandem.evaluation.cost;

/**
 * Published planning figures that are no prices: totals, times, amounts of examples. US dollars.
 *
 * <p>The published totals and the sums of their published parts do not agree. RAG a month: 50-500 against 200-750; setting up
 * fine-tuning: 5,000-25,000 against 6,500-23,000. Both are kept: see {@link Costs#total()}.
 */
public final class PlanningFigures {
    /** The currency of all published figures. */
    public static final String CURRENCY = "USD";

    public static final Range RAG_MONTHLY = Range.of(50, 500);
    public static final Range FINE_TUNING_SETUP = Range.of(5_000, 25_000);

    public static final Range RAG_WEEKS = Range.of(1, 2);
    public static final Range FINE_TUNING_WEEKS = Range.of(2, 6);

    /** Not published: at least the longer of the two, at most one after the other. */
    public static final Range HYBRID_WEEKS = Range.of(2, 8);

    /** How many examples fine-tuning needs. */
    public static final Range EXAMPLES = Range.of(100, 10_000);

    /** From how many examples on LoRA is useful. */
    public static final Range LORA_EXAMPLES = Range.of(100, 500);

    private PlanningFigures() {}
}
