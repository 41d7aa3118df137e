package dev.tandem.workspace.settings;

import java.time.Duration;
import java.util.Optional;

/** The language model; each component is documented by its {@link Key}. */
public record ModelSettings(
        @Key("`none` answers without a language model; the others call a server.")
        Provider provider,

        @Key("The server's address, like `http://localhost:11434` for Ollama or `http://localhost:8000/v1`.")
        Optional<String> baseUrl,

        @Key("The model's name at its server.") Optional<String> name,

        @Key("The environment variable that holds the server's key. The key itself never stands in this file.")
        Optional<String> apiKeyVariable,

        @Key(value = "How freely the model picks its words; 0 is the most predictable.", minimum = 0, maximum = 2)
        double temperature,

        @Key(value = "The greatest length of an answer.", unit = "tokens", minimum = 16, maximum = 131072)
        int maxOutputTokens,

        @Key(
                value = "How much the model reads and writes at once; passages that do not fit are left out.",
                unit = "tokens",
                minimum = 512,
                maximum = 10_000_000)
        int contextTokens,

        @Key("How long the model may be silent, before an answer or in the midst of it.")
        Duration timeout) {

    public static final ModelSettings DEFAULTS = new ModelSettings(
            Provider.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0.0,
            1024,
            8192,
            Duration.ofMinutes(2));

    /** Who writes the answers. */
    public enum Provider {
        NONE,
        OPENAI_COMPATIBLE,
        OLLAMA
    }
}
