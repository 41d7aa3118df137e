package dev.tandem.tuning.search;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How fast training goes here, as the first updates showed.
 *
 * @param start seconds before the first update: loading the model, reading the data
 * @param example seconds to learn from one example
 * @param selection examples of a held-out loss
 * @param watched of those and the general examples together, which a whole training measures
 * @param last examples of the final part
 */
public record Speed(
        double start,
        double example,
        int selection,
        int watched,
        @JsonProperty("final") int last) {
    /**
     * What measuring an example takes of learning from it: one way forward instead of two and the way back. A quarter to a
     * third; the rest is caution.
     */
    private static final double MEASURING = 0.4;

    /** Seconds of a trial that sees so many examples, and measures the held-out loss before and behind them. */
    double trial(long examples) {
        return start + example * (examples + 2 * MEASURING * selection);
    }

    /** Seconds of a whole training, which measures along the way. */
    double whole(long examples, long measurements) {
        return start + example * (examples + (1 + measurements) * MEASURING * watched);
    }

    /** Seconds to measure the base and two tunings on the final part. */
    double finalPart() {
        return 2 * start + 3 * MEASURING * example * last;
    }
}
