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
        int overlap,

        @Key(
                "What is searched with each passage beside its own text: `headings`, title and headings, or `model`, a line on its place "
                        + "in the document as well, which the language model under `model` writes at ingest with a request for each "
                        + "new or changed passage. See docs/techniques.md.")
        ContextSource context) {

    public static final PassageSettings DEFAULTS = new PassageSettings(384, 0, ContextSource.HEADINGS);

    /** What is searched with each passage. */
    public enum ContextSource {
        HEADINGS,
        MODEL
    }
}
