package dev.tandem.evaluation.testset;

import dev.tandem.evaluation.metric.task.ContainsCheck;
import dev.tandem.evaluation.metric.task.LabelCheck;
import dev.tandem.evaluation.metric.task.NumericCheck;
import dev.tandem.evaluation.metric.task.RegexCheck;
import dev.tandem.evaluation.metric.task.TaskCheck;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what a question's answer is right, as its test set says. */
public enum AnswerCheck {
    /** An expected answer is in it, word for word. */
    CONTAINS,
    /** It is an expected label and nothing else. */
    LABEL,
    /** Its last number is an expected one. */
    NUMERIC,
    /** An expected regular expression is found in it. */
    REGEX,
    /** A judge says so. */
    JUDGE;

    /** As it is written in files and options. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What checks it; empty where a judge does. */
    public Optional<TaskCheck> check() {
        return switch (this) {
            case CONTAINS -> Optional.of(new ContainsCheck());
            case LABEL -> Optional.of(new LabelCheck());
            case NUMERIC -> Optional.of(new NumericCheck(0));
            case REGEX -> Optional.of(new RegexCheck());
            case JUDGE -> Optional.empty();
        };
    }

    /** The one of a key, if there is one. */
    public static Optional<AnswerCheck> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    /** All keys, for people. */
    public static String keys() {
        return Arrays.stream(values()).map(AnswerCheck::key).collect(Collectors.joining(", "));
    }
}
