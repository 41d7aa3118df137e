package dev.tandem.evaluation.cost;

import java.util.Locale;

/** The prices of a book; a key of the file is the name in lower case. */
public enum PriceName {
    RAG_SETUP("once"),
    VECTOR_DATABASE("month, per 10 GB begun"),
    MODEL_TOKENS("million tokens"),
    EMBEDDING_QUESTIONS("10000 queries"),
    EMBEDDING_DOCUMENTS("month, per 10000 documents"),
    INFRASTRUCTURE("month, per 100000 queries a month begun"),
    TRAINING_DATA("once"),
    PIPELINE("once"),
    ADAPTER_TRAINING("once"),
    EVALUATION("once"),
    HOSTED_INFERENCE("10000 queries"),
    SELF_HOSTED_INFERENCE("month, per 100000 queries a month begun"),
    RETRAINING("quarter"),
    MONITORING("month"),
    FULL_TUNING("training"),
    LORA("training"),
    QLORA("training"),
    PROMPT_TUNING("training"),
    HARDWARE("hour");

    private final String unit;

    PriceName(String unit) {
        this.unit = unit;
    }

    /** What the price is paid for; a book says the same, so that a price in another unit cannot pass for one in this. */
    public String unit() {
        return unit;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
