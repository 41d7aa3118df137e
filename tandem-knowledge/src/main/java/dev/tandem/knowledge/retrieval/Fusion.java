package dev.tandem.knowledge.retrieval;

import java.util.Locale;

/**
 * How the lists of a question are made into one. Each list's scores are standardised (z-scores over its own best 100), so
 * weights compare; the options differ in what they trust. Measured in docs/benchmarks.md.
 */
public enum Fusion {
    /** Words and meaning alike, then late interaction, then a little of what similar passages score. The default. */
    BALANCED(1, 1, 2, 0.3),
    /** Like balanced, without the neighbours: for documents in which one passage holds the answer. */
    PRECISE(1, 1, 2, 0),
    /** Trusts words more: for part numbers, names, error codes. */
    LEXICAL(1, 0.5, 2, 0.2),
    /** Trusts meaning more: for questions in other words than the documents'. */
    SEMANTIC(0.5, 1, 2, 0.2),
    /** Words and meaning alone, nothing re-ranked. */
    LIGHT(1, 1, 0, 0),
    /** BM25 alone. */
    WORDS(1, 0, 0, 0),
    /** The embedding alone. */
    DENSE(0, 1, 0, 0);

    private final double words;
    private final double dense;
    private final double lateInteraction;
    private final double neighbours;

    Fusion(double words, double dense, double lateInteraction, double neighbours) {
        this.words = words;
        this.dense = dense;
        this.lateInteraction = lateInteraction;
        this.neighbours = neighbours;
    }

    /** Weight of the BM25 list. */
    public double words() {
        return words;
    }

    /** Weight of the embedding's list. */
    public double dense() {
        return dense;
    }

    /** Weight of late interaction, 0 for none. */
    public double lateInteraction() {
        return lateInteraction;
    }

    /** The share of a passage's score that comes from its nearest neighbours, in [0, 1). */
    public double neighbours() {
        return neighbours;
    }

    /** As it is written in tandem.yaml. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
