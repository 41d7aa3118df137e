package dev.tandem.evaluation.testset;

import java.util.Arrays;
import java.util.Optional;

/** How hard a question is, as a person or the draft judged it. */
public enum Difficulty {
    EASY,
    MEDIUM,
    HARD;

    /** As it is written in files. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The difficulty of a key, if there is one. */
    public static Optional<Difficulty> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }
}
