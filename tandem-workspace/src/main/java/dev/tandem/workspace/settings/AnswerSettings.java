package dev.tandem.workspace.settings;

/** How answers are made; each component is documented by its {@link Key}. */
public record AnswerSettings(
        @Key(value = "How many passages an answer is made from.", minimum = 1, maximum = 100)
        int passages,

        @Key(value = "How many sentences an answer without a language model quotes at most.", minimum = 1, maximum = 20)
        int sentences) {

    public static final AnswerSettings DEFAULTS = new AnswerSettings(8, 3);
}
