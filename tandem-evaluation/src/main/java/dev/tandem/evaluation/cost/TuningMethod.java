package dev.tandem.evaluation.cost;

import java.util.Locale;

/** The ways of tuning, with the price of a training. */
public enum TuningMethod {
    FULL(PriceName.FULL_TUNING),
    LORA(PriceName.LORA),
    QLORA(PriceName.QLORA),
    PROMPT(PriceName.PROMPT_TUNING);

    private final PriceName price;

    TuningMethod(PriceName price) {
        this.price = price;
    }

    PriceName price() {
        return price;
    }

    /** As {@code tandem tune --method} writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
