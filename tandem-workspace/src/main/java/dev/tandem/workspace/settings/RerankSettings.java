package dev.tandem.workspace.settings;

import dev.tandem.models.provider.ModelProvider;
import java.time.Duration;
import java.util.Optional;

/** A re-ranker behind the embedded one; each component is documented by its {@link Key}. */
public record RerankSettings(
        @Key(
                "`none` leaves the order to the embedded re-ranker (retrieval.fusion); `onnx` runs a cross-encoder from a folder; the others are services and servers (see docs/providers.md).")
        Provider provider,

        @Key("The re-ranker's name at its server, like rerank-v3.5; for `onnx` its folder, relative to this file.")
        Optional<String> model,

        @Key(
                "What goes before `/rerank`, like `https://api.jina.ai/v1`; needed by `openai-compatible`, the others know their own.")
        Optional<String> baseUrl,

        @Key("The environment variable that holds the server's key. The key itself never stands in this file.")
        Optional<String> apiKeyVariable,

        @Key(value = "How many of the best passages it is given.", minimum = 2, maximum = 1000)
        int candidates,

        @Key("How long a reply may take.") Duration timeout) {

    public static final RerankSettings DEFAULTS = new RerankSettings(
            Provider.NONE, Optional.empty(), Optional.empty(), Optional.empty(), 50, Duration.ofSeconds(30));

    /** Who re-ranks. */
    public enum Provider {
        NONE,
        ONNX,
        COHERE,
        VOYAGE,
        VLLM,
        OPENAI_COMPATIBLE;

        /** Where it is asked; none for those that run inside Tandem. */
        public Optional<ModelProvider> service() {
            return this == NONE || this == ONNX ? Optional.empty() : Optional.of(ModelProvider.valueOf(name()));
        }
    }
}
