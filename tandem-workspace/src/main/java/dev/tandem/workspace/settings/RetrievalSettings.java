package dev.tandem.workspace.settings;

/** How passages are found; each component is documented by its {@link Key}. */
public record RetrievalSettings(
        @Key(value = "How many passages `tandem search` shows unless told by `--k`.", minimum = 1, maximum = 1000)
        int count) {

    public static final RetrievalSettings DEFAULTS = new RetrievalSettings(10);
}
