package dev.tandem.evaluation.compare;

/** What an approach is made of; planning assumptions go by it. */
public enum ApproachKind {
    /** The untouched model. */
    BASE,
    /** The untouched model with examples in its prompt. */
    FEW_SHOT,
    /** Retrieval before the answer. */
    RAG,
    /** A tuned model or an adapter. */
    FINE_TUNED,
    /** Retrieval and an adapter. */
    HYBRID
}
