package dev.tandem.workspace.settings;

import java.util.Optional;

/** How answers are made; each component is documented by its {@link Key}. */
public record AnswerSettings(
        @Key(value = "How many passages are considered for an answer and reported with it.", minimum = 1, maximum = 100)
        int passages,

        @Key(value = "How many sentences an answer without a language model quotes at most.", minimum = 1, maximum = 20)
        int sentences,

        @Key(
                value =
                        "How readily a question is declined; above 0 more often, below 0 less often than the measured default.",
                minimum = -1,
                maximum = 1)
        double strictness,

        @Key(
                "Whether greetings, calculations, questions on the conversation and requests that the documents have no words of "
                        + "are handled without a search; see docs/retrieval.md.")
        boolean routing,

        @Key("A prompt template to use in place of the shipped one, relative to this file; see docs/prompts.md.")
        Optional<String> promptFile) {

    public static final AnswerSettings DEFAULTS = new AnswerSettings(10, 2, 0, true, Optional.empty());

    /** The same with another strictness. */
    public AnswerSettings withStrictness(double other) {
        return new AnswerSettings(passages, sentences, other, routing, promptFile);
    }
}
