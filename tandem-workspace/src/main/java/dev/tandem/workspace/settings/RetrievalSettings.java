package dev.tandem.workspace.settings;

import dev.tandem.knowledge.retrieval.Fusion;

/** How passages are found; each component is documented by its {@link Key}. */
public record RetrievalSettings(
        @Key(
                "How the lists by words and by meaning become one: `balanced` suits most; `precise` where one passage holds the "
                        + "answer; `lexical` for part numbers, names and error codes; `semantic` for questions in other words than the "
                        + "documents'; `light` re-ranks nothing; `words` and `dense` are one list alone. "
                        + "`tandem evaluate fusion` measures them on your own questions.")
        Fusion fusion,

        @Key(value = "How many passages `tandem search` shows unless told by `--k`.", minimum = 1, maximum = 1000)
        int k,

        @Key(
                value = "How often is looked again for what the passages found lack, at most; 0 for one look. See "
                        + "docs/retrieval.md.",
                minimum = 0,
                maximum = 4)
        int hops,

        @Key(
                "Who says what to look for next: `words`, from the words that are lacking, or `model`, the language model.")
        FollowUps followUps) {

    public static final RetrievalSettings DEFAULTS = new RetrievalSettings(Fusion.BALANCED, 10, 1, FollowUps.WORDS);

    /** Who says what to look for next. */
    public enum FollowUps {
        WORDS,
        MODEL
    }

    /** The same with another fusion. */
    public RetrievalSettings withFusion(Fusion other) {
        return new RetrievalSettings(other, k, hops, followUps);
    }

    /** The same with other hops. */
    public RetrievalSettings withHops(int other) {
        return new RetrievalSettings(fusion, k, other, followUps);
    }
}
