package dev.tandem.workspace.settings;

import dev.tandem.models.provider.ModelProvider;
import java.util.Optional;

/** The embedding model; each component is documented by its {@link Key}. */
public record EmbeddingSettings(
        @Key(
                "`embedded` runs bge-small-en-v1.5 inside Tandem, offline, `onnx` a sentence encoder from a folder; the others are services and servers (see docs/providers.md).")
        Provider provider,

        @Key("The model's name at its server; for `onnx` its folder, relative to this file; not used by `embedded`.")
        Optional<String> model,

        @Key(
                "The server's address, like `http://localhost:8000/v1`; needed by `openai-compatible`, the others know their own.")
        Optional<String> baseUrl,

        @Key("The environment variable that holds the server's key. The key itself never stands in this file.")
        Optional<String> apiKeyVariable,

        @Key(
                "Put before each question, where the model was trained with a prefix; not used by `embedded`, which knows its own.")
        String questionPrefix,

        @Key(
                "Put before each passage, where the model was trained with a prefix; not used by `embedded`, which knows its own.")
        String passagePrefix,

        @Key(
                value =
                        "Length of the vectors; needed where docs/providers.md does not list the model, not used by `embedded`.",
                minimum = 1,
                maximum = 4096)
        Optional<Integer> dimension,

        @Key(
                value = "The longest text that a server's model reads whole; not used by `embedded`.",
                unit = "tokens",
                minimum = 32,
                maximum = 131072)
        int maxTokens) {

    public static final EmbeddingSettings DEFAULTS = new EmbeddingSettings(
            Provider.EMBEDDED, Optional.empty(), Optional.empty(), Optional.empty(), "", "", Optional.empty(), 512);

    /** Who computes the vectors. */
    public enum Provider {
        EMBEDDED,
        ONNX,
        OPENAI,
        GOOGLE,
        MISTRAL,
        COHERE,
        VOYAGE,
        VLLM,
        OLLAMA,
        OPENAI_COMPATIBLE;

        /** Where the model is asked; none for those that run inside Tandem. */
        public Optional<ModelProvider> service() {
            return this == EMBEDDED || this == ONNX ? Optional.empty() : Optional.of(ModelProvider.valueOf(name()));
        }
    }
}
