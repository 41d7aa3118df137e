package dev.tandem.evaluation.metric.task;

import java.util.List;
import java.util.Optional;

/** What makes an answer right; task accuracy is the share of right ones. Safe for many threads. */
public sealed interface TaskCheck
        permits LabelCheck, NumericCheck, ContainsCheck, RegexCheck, JsonSchemaCheck, JudgedCheck {
    /**
     * Whether an answer is right by any of its references; empty when that cannot be told in bounded time, which is a
     * missing value and not a wrong answer.
     */
    Optional<Boolean> right(String answer, List<String> references);

    /** Why a reference cannot be used ("has no number"); empty when it can. */
    Optional<String> fault(String reference);

    /** Whether answers are held against references at all. */
    default boolean needsReferences() {
        return true;
    }

    /** What is checked, so that two people can tell that they measured the same thing. */
    String signature();
}
