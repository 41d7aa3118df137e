package dev.tandem.evaluation.metric.task;

import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A judge says whether an answer is right. What it cannot tell is missing, and why is remembered; after ten failures in a row it is
 * not asked any more, because they have one cause. An answer without a letter or digit is wrong.
 */
public final class JudgedCheck implements TaskCheck {
    private static final int FAILURES_IN_A_ROW = 10;

    private final AnswerJudge judge;
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());

    /** @param judge stays the caller's */
    public JudgedCheck(AnswerJudge judge) {
        this.judge = judge;
    }

    @Override
    public Optional<Boolean> right(String answer, List<String> references) {
        if (answer.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Optional.of(false);
        }
        if (inARow.get() >= FAILURES_IN_A_ROW) {
            return Optional.empty();
        }
        try {
            boolean right = judge.right(Optional.empty(), answer, references);
            inARow.set(0);
            return Optional.of(right);
        } catch (MendableException e) {
            inARow.incrementAndGet();
            failure.compareAndSet(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Why the first of those that are missing is; empty if none is. */
    public Optional<String> failure() {
        return failure.get();
    }

    @Override
    public Optional<String> fault(String reference) {
        return reference.codePoints().noneMatch(Character::isLetterOrDigit)
                ? Optional.of("has no letter or digit, so that nothing can say the same")
                : Optional.empty();
    }

    @Override
    public String signature() {
        return "task:judge|" + judge.signature();
    }
}
