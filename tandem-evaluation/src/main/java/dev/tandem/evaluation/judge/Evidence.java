package dev.tandem.evaluation.judge;

import java.util.Locale;

/** What speaks for a claim in a context, or against it. "Near" is the pair of neighbouring sentences that is most like the claim. */
public enum Evidence {
    /** Share of the claim's words, function words too, that the context has. */
    WORD_COVER(true),
    /** Share of its content words that stand near. */
    NEAR_COVER(true),
    /** How similar its content words are to the most similar tokens near, in the mean. */
    NEAR_SIMILARITY(true),
    /** The cosine of the claim's vector with that of the most similar sentence. */
    SENTENCE_SIMILARITY(true),
    /** How long the runs of words are that it copies: root of the sum of their squares, by the claim's length. */
    COPIED_RUNS(true),
    /** Root of the number of pairs of neighbouring words that the context does not have side by side. */
    NEW_PAIRS(false),
    /** How much less similar its words are near than anywhere: a claim put together from afar. */
    SCATTER(false),
    /** Pairs of content words near that come the other way round; at most 2 count, as in all that follow. */
    SWAPPED(false),
    /** Numbers and dates that the context lacks. */
    NEW_NUMBERS(false),
    /** Names that the context lacks. */
    NEW_NAMES(false),
    /** The claim denies, and nothing in the context does. */
    NEW_NEGATION(false),
    /** The claim denies what the sentence says that it is taken from, or the other way round. */
    OTHER_NEGATION(false),
    /** It speaks of "I", "we" or "you", and the context does not: an opinion, or small talk. */
    PERSONAL(false),
    /** It is a question. */
    QUESTION(false);

    private final boolean speaksFor;

    Evidence(boolean speaksFor) {
        this.speaksFor = speaksFor;
    }

    /** Whether more of it makes a claim better supported. */
    public boolean speaksFor() {
        return speaksFor;
    }

    /** Its place in arrays of evidence, from 0. */
    @SuppressWarnings("EnumOrdinal") // The one place where it is; files name evidence by its key.
    public int place() {
        return ordinal();
    }

    /** Its name in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
