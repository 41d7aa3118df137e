package dev.tandem.evaluation.cost;

import java.util.Locale;

/** What a book assumes of the work until somebody measures it; a key of the file is the name in lower case. */
public enum Assumption {
    /** Questions and answers a month. */
    QUERIES_PER_MONTH,
    /** Tokens that a model reads and writes for one answer, its passages included. */
    TOKENS_PER_QUERY,
    /** Documents in the index. */
    DOCUMENTS,
    /** How many documents a gigabyte of the index holds. */
    DOCUMENTS_PER_GB,
    /** Trainings until an adapter is good enough to go live, a search over its settings included. */
    TRAININGS;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
