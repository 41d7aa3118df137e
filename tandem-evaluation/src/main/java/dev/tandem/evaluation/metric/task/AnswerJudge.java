package dev.tandem.evaluation.metric.task;

import java.util.List;
import java.util.Optional;

/** Decides whether an answer says the same as an expected one, whatever its words. Safe for many threads. */
public interface AnswerJudge extends AutoCloseable {
    /**
     * Whether it is right.
     *
     * @param question what was asked, if known
     * @param answer with a letter or digit
     * @param references expected answers, any of which will do; at least one
     * @throws dev.tandem.foundation.MendableException if it cannot be told; the value is then missing, never zero
     */
    boolean right(Optional<String> question, String answer, List<String> references);

    /** Who judges, and by which wording, so that two people can tell that they measured the same thing. */
    String signature();

    @Override
    void close();
}
