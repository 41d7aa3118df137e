package dev.tandem.workspace.alert;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that people are told.
 *
 * @param id the same for what is wrong and for that it is mended
 * @param workspace its folder's name
 * @param rule as it is written in tandem.yaml
 * @param metric its key
 * @param sentence what happened
 * @param look what to look at, or do
 * @param value what was measured, where it is a number
 * @param baseline what it was before
 */
public record Alert(
        String id,
        Instant time,
        State state,
        String workspace,
        String rule,
        String metric,
        String sentence,
        String look,
        Optional<Double> value,
        Optional<Double> baseline) {
    /** Where it stands. */
    public enum State {
        FIRED,
        MENDED,
        /** Nothing is wrong; somebody tries whether alerts arrive. */
        TEST;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it is about, in a line. */
    public String title() {
        return switch (state) {
            case FIRED -> "Tandem, " + workspace + ": " + rule;
            case MENDED -> "Tandem, " + workspace + ": mended: " + rule;
            case TEST -> "Tandem, " + workspace + ": a test alert";
        };
    }

    /** All of it in words. */
    public String text() {
        return state == State.FIRED && !look.isEmpty() ? sentence + " " + look : sentence;
    }
}
