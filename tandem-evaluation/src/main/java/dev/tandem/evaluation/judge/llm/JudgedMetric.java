package dev.tandem.evaluation.judge.llm;

import java.util.Locale;

/** What a language model can judge; each costs requests of its own. */
public enum JudgedMetric {
    FAITHFULNESS,
    ANSWER_RELEVANCY,
    CONTEXT_RELEVANCY,
    CONTEXT_PRECISION,
    CONTEXT_RECALL;

    /** Its name in files and options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
