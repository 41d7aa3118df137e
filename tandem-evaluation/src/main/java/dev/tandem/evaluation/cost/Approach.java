package dev.tandem.evaluation.cost;

import java.util.Locale;

/** The approaches between which a team decides. */
public enum Approach {
    RAG,
    FINE_TUNING,
    HYBRID;

    /** As flags, JSON and pages write it: {@code rag}, {@code fine-tuning}, {@code hybrid}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
