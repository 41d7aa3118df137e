package dev.tandem.workspace.settings;

import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.Recency;
import dev.tandem.knowledge.retrieval.Selection;
import dev.tandem.knowledge.retrieval.Surroundings;
import java.util.Optional;

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
        FollowUps followUps,

        @Key(
                "Whether only the documents that a question names are searched, as with \"in the 2024 travel policy\": told from "
                        + "titles and fields, relaxed and said where nothing is left. See docs/techniques.md.")
        boolean filtersFromQuestion,

        @Key(
                "Whether a passage that says again what a better one says is left out, so that its place goes to another; of two that "
                        + "say the same, the one with the newer `recency_field` stays.")
        boolean nearDuplicates,

        @Key(
                value =
                        "How much passages that resemble better ones are put back (maximal marginal relevance); 0 for not at all.",
                minimum = 0,
                maximum = 0.9)
        double diversity,

        @Key(
                value =
                        "After how long a passage counts half as new, where newer ones are preferred among nearly equal ones; 0 for "
                                + "no preference.",
                unit = "days",
                minimum = 0,
                maximum = 36_500)
        int recencyHalfLife,

        @Key("The metadata field with the date that says how new a document is.")
        String recencyField,

        @Key(
                value = "How many passages before and after each one are read with it for an answer.",
                minimum = 0,
                maximum = 4)
        int neighbours,

        @Key(
                value =
                        "How much of its section is read with each passage for an answer, itself included; 0 for none. For small "
                                + "`passages.tokens`.",
                unit = "tokens",
                minimum = 0,
                maximum = 8192)
        int parentTokens) {

    public static final RetrievalSettings DEFAULTS =
            new RetrievalSettings(Fusion.BALANCED, 10, 1, FollowUps.WORDS, true, false, 0, 0, "updated", 0, 0);

    /** Who says what to look for next. */
    public enum FollowUps {
        WORDS,
        MODEL
    }

    /** The same with another fusion. */
    public RetrievalSettings withFusion(Fusion other) {
        return new RetrievalSettings(
                other,
                k,
                hops,
                followUps,
                filtersFromQuestion,
                nearDuplicates,
                diversity,
                recencyHalfLife,
                recencyField,
                neighbours,
                parentTokens);
    }

    /** The same with other hops. */
    public RetrievalSettings withHops(int other) {
        return new RetrievalSettings(
                fusion,
                k,
                other,
                followUps,
                filtersFromQuestion,
                nearDuplicates,
                diversity,
                recencyHalfLife,
                recencyField,
                neighbours,
                parentTokens);
    }

    /** The same with or without filters from the question. */
    public RetrievalSettings withFiltersFromQuestion(boolean other) {
        return new RetrievalSettings(
                fusion,
                k,
                hops,
                followUps,
                other,
                nearDuplicates,
                diversity,
                recencyHalfLife,
                recencyField,
                neighbours,
                parentTokens);
    }

    /** Which of the candidates become the result. */
    public Selection selection() {
        return new Selection(
                nearDuplicates,
                diversity,
                recencyHalfLife == 0 ? Optional.empty() : Optional.of(new Recency(recencyField, recencyHalfLife)),
                recencyField);
    }

    /** What is read around a passage. */
    public Surroundings.Settings surroundings() {
        return new Surroundings.Settings(neighbours, parentTokens);
    }
}
