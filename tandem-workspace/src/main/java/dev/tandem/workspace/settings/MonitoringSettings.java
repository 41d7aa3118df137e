package dev.tandem.workspace.settings;

/** How a server watches its own answers; each component is documented by its {@link Key}. */
public record MonitoringSettings(
        @Key(
                value =
                        "The share of live answers that the embedded judge scores after they were sent, when no answer is being made; 0 for none.",
                minimum = 0,
                maximum = 1)
        double judged,

        @Key(value = "How many answers are judged in a minute at most.", minimum = 1, maximum = 1000)
        int judgedPerMinute,

        @Key(
                "Whether questions, scores, thumbs and times are compared with a baseline. Vectors of the newest questions are kept for it, no texts.")
        boolean drift,

        @Key(
                "What questions are compared with: the first ones asked (`live`), or those of the test set (`test-set`). Scores and times are always compared with the first ones.")
        Baseline baseline,

        @Key(
                value = "How many live questions make a baseline; of judged answers and of thumbs a fifth as many.",
                minimum = 100,
                maximum = 2000)
        int baselineQuestions) {
    /** What questions are compared with. */
    public enum Baseline {
        LIVE,
        TEST_SET
    }

    public static final MonitoringSettings DEFAULTS = new MonitoringSettings(0.1, 6, true, Baseline.LIVE, 500);
}
