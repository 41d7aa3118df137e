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
        int k) {

    public static final RetrievalSettings DEFAULTS = new RetrievalSettings(Fusion.BALANCED, 10);
}
