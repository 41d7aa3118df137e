package dev.tandem.workspace.settings;

import java.util.Optional;

/** What is recorded of answers; each component is documented by its {@link Key}. */
public record TrailSettings(
        @Key(
                "Which answers are recorded: those of the server (`served`), those of `tandem ask` as well (`all`), or `none`.")
        Recorded record,

        @Key(
                value =
                        "After how many days the content of a record is removed. The chain stays, and says so. Not set, it is kept.",
                unit = "days",
                minimum = 1,
                maximum = 36500)
        Optional<Integer> retentionDays) {
    /** Which answers are recorded. */
    public enum Recorded {
        NONE,
        SERVED,
        ALL
    }

    public static final TrailSettings DEFAULTS = new TrailSettings(Recorded.SERVED, Optional.empty());
}
