package dev.tandem.evaluation.sweep;

import dev.tandem.knowledge.retrieval.Fusion;

/**
 * One way to split documents and to find passages.
 *
 * @param tokens the greatest length of a passage, in tokens of the embedding model
 * @param overlap how many tokens of a passage's end are repeated, at most half of its length
 */
public record Configuration(int tokens, int overlap, Fusion fusion) {
    /** Whether late interaction re-ranks what was found. */
    public boolean reranked() {
        return fusion.lateInteraction() > 0;
    }

    /** Whether both need the same index. */
    public boolean sharesIndexWith(Configuration other) {
        return tokens == other.tokens && overlap == other.overlap;
    }
}
