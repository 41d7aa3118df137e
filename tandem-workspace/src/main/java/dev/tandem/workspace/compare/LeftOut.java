package dev.tandem.workspace.compare;

import java.util.Locale;

/**
 * What a comparison lacks.
 *
 * @param what an approach, or what would have been measured
 * @param sentence for people, with how to mend it where that is known
 */
public record LeftOut(String what, Reason reason, String sentence) {
    /** Why it is missing. */
    public enum Reason {
        /** It failed. */
        FAILED,
        /** The budget was used up. */
        BUDGET,
        /** Somebody stopped the comparison. */
        STOPPED,
        /** It could not be measured on this data. */
        NOT_POSSIBLE;

        /** For programs. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the comparison is part of what it would have been. */
    public boolean isPartial() {
        return reason == Reason.BUDGET || reason == Reason.STOPPED;
    }
}
