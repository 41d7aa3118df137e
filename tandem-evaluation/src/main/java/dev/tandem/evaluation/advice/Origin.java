package dev.tandem.evaluation.advice;

import java.util.Locale;

/** Where an answer is from. */
public enum Origin {
    GIVEN,
    /** From the preset of an industry. */
    PRESET,
    /** Nobody answered. */
    ASSUMED,
    MEASURED;

    /** For people and for JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
