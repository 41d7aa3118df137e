package dev.tandem.evaluation.cost;

import java.util.Locale;

/** An approach with the place where its model runs. */
@SuppressWarnings("ImmutableEnumChecker") // a range is a record of numbers
public enum Plan {
    RAG(Approach.RAG, PlanningFigures.RAG_WEEKS),
    FINE_TUNING_HOSTED(Approach.FINE_TUNING, PlanningFigures.FINE_TUNING_WEEKS),
    FINE_TUNING_SELF_HOSTED(Approach.FINE_TUNING, PlanningFigures.FINE_TUNING_WEEKS),
    HYBRID_HOSTED(Approach.HYBRID, PlanningFigures.HYBRID_WEEKS),
    HYBRID_SELF_HOSTED(Approach.HYBRID, PlanningFigures.HYBRID_WEEKS);

    private final Approach approach;
    private final Range weeks;

    Plan(Approach approach, Range weeks) {
        this.approach = approach;
        this.weeks = weeks;
    }

    public Approach approach() {
        return approach;
    }

    /** From the decision to production. */
    public Range weeks() {
        return weeks;
    }

    boolean retrieves() {
        return approach != Approach.FINE_TUNING;
    }

    boolean tunes() {
        return approach != Approach.RAG;
    }

    boolean selfHosted() {
        return this == FINE_TUNING_SELF_HOSTED || this == HYBRID_SELF_HOSTED;
    }

    /** As flags, JSON and pages write it: {@code fine-tuning-self-hosted}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
