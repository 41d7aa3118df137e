package dev.tandem.evaluation.testset;

import dev.tandem.evaluation.metric.task.ContainsCheck;
import dev.tandem.evaluation.metric.task.LabelCheck;
import dev.tandem.evaluation.metric.task.NumericCheck;
import dev.tandem.evaluation.metric.task.RegexCheck;
import dev.tandem.evaluation.metric.task.TaskCheck;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what a question's answer is right, as its test set says. */
public enum AnswerCheck {
    /** An expected answer is in it, word for word. */
    CONTAINS(Optional.of(new ContainsCheck())),
    /** It is an expected label and nothing else. */
    LABEL(Optional.of(new LabelCheck())),
    /** Its last number is an expected one. */
    NUMERIC(Optional.of(new NumericCheck(0))),
    /** An expected regular expression is found in it. */
    REGEX(Optional.of(new RegexCheck())),
    /** A judge says so. */
    JUDGE(Optional.empty());

    private final Optional<TaskCheck> check;

    AnswerCheck(Optional<TaskCheck> check) {
        this.check = check;
    }

    /** As it is written in files and options. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What checks it; empty where a judge does. */
    public Optional<TaskCheck> check() {
        return check;
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
