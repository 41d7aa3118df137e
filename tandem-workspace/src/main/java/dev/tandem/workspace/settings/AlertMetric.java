package dev.tandem.workspace.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an alert rule can be about. */
public enum AlertMetric {
    /** What is asked, by the questions' vectors. */
    QUESTIONS(Kind.VECTORS, false, "questions"),
    FAITHFULNESS(Kind.SHARE, false, "judged faithfulness"),
    ANSWER_RELEVANCY(Kind.SHARE, false, "judged relevancy of answers"),
    CONTEXT_RELEVANCY(Kind.SHARE, false, "judged relevancy of passages"),
    DECLINED(Kind.SHARE, true, "the share of questions that are declined"),
    FAILED(Kind.SHARE, true, "the share of questions without an answer because of an error"),
    THUMBS_DOWN(Kind.SHARE, true, "the share of thumbs that are down"),
    /** Milliseconds until an answer is made. */
    LATENCY(Kind.MILLISECONDS, true, "the mean time to an answer"),
    /** The gate of {@code tandem evaluate}. */
    GATE(Kind.VERDICT, true, "the gate of an evaluation");

    /** What a metric's values are. */
    public enum Kind {
        VECTORS,
        /** Numbers in [0, 1]. */
        SHARE,
        MILLISECONDS,
        VERDICT
    }

    private final Kind kind;
    private final boolean worseAbove;
    private final String words;

    AlertMetric(Kind kind, boolean worseAbove, String words) {
        this.kind = kind;
        this.worseAbove = worseAbove;
        this.words = words;
    }

    /** As rules and JSON have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether larger values are the worse ones. */
    public boolean worseAbove() {
        return worseAbove;
    }

    /** As it is said in a sentence. */
    public String words() {
        return words;
    }

    /** Whether it is a number of each answer, judged answer or thumb. */
    public boolean isNumber() {
        return kind == Kind.SHARE || kind == Kind.MILLISECONDS;
    }

    /** By its key. */
    public static Optional<AlertMetric> of(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }

    /** All keys. */
    static List<String> keys() {
        return Arrays.stream(values()).map(AlertMetric::key).toList();
    }
}
