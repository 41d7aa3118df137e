package dev.tandem.workspace.settings;

/** How documents are split; each component is documented by its {@link Key}. */
public record PassageSettings(
        @Key(
                value = "The greatest length of a passage.",
                unit = "tokens of the embedding model",
                minimum = 32,
                maximum = 8192)
        int tokens,

        @Key(
                value = "How much of a passage's end is repeated at the start of the next.",
                unit = "tokens",
                minimum = 0,
                maximum = 4096)
        int overlap) {

    public static final PassageSettings DEFAULTS = new PassageSettings(384, 0);
}
