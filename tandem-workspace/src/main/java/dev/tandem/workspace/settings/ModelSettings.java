package dev.tandem.workspace.settings;

import dev.tandem.models.provider.ModelProvider;
import java.time.Duration;
import java.util.Optional;

/** The language model; each component is documented by its {@link Key}. */
public record ModelSettings(
        @Key(
                "`none` answers without a language model, `in-process` runs one inside Tandem (see docs/tuning.md); the others are services and servers (see docs/providers.md).")
        Provider provider,

        @Key(
                "The server's address, like `http://localhost:8000/v1`; needed by `openai-compatible`, the others know their own.")
        Optional<String> baseUrl,

        @Key(
                "The model's name at its server. For `in-process` its folder, as `tandem model pull` makes it, relative to this file.")
        Optional<String> name,

        @Key("The folder of an adapter that answers go through, relative to this file; for `in-process`.")
        Optional<String> adapter,

        @Key(
                "In which numbers an `in-process` model is held: bfloat16 takes half of the memory of float32. Not set, bfloat16 on a GPU and on processors that multiply it themselves, otherwise float32.")
        Optional<Precision> precision,

        @Key(
                "The environment variable that holds the server's key; services have one by their name, like OPENAI_API_KEY. The key itself never stands in this file.")
        Optional<String> apiKeyVariable,

        @Key(value = "How freely the model picks its words; 0 is the most predictable.", minimum = 0, maximum = 2)
        double temperature,

        @Key(value = "The greatest length of an answer.", unit = "tokens", minimum = 16, maximum = 131072)
        int maxOutputTokens,

        @Key(
                value =
                        "How much the model reads and writes at once; passages that do not fit are left out. An `in-process` model's own limit holds too.",
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
            Optional.empty(),
            Optional.empty(),
            0.0,
            1024,
            8192,
            Duration.ofMinutes(2));

    /** The same with another model of this process, or another adapter on it. */
    public ModelSettings withModel(Optional<String> folder, Optional<String> adapterFolder) {
        return new ModelSettings(
                provider,
                baseUrl,
                folder,
                adapterFolder,
                precision,
                apiKeyVariable,
                temperature,
                maxOutputTokens,
                contextTokens,
                timeout);
    }

    /** Who writes the answers. */
    public enum Provider {
        NONE,
        IN_PROCESS,
        OPENAI,
        ANTHROPIC,
        GOOGLE,
        MISTRAL,
        COHERE,
        VLLM,
        OLLAMA,
        OPENAI_COMPATIBLE;

        /** Where the model is asked; none where it is nobody else's. */
        public Optional<ModelProvider> service() {
            return this == NONE || this == IN_PROCESS ? Optional.empty() : Optional.of(ModelProvider.valueOf(name()));
        }

        /** Whether somebody is paid by the token, as far as one can tell by the name. */
        public boolean isPaidByToken() {
            return service().isPresent() && this != OLLAMA && this != VLLM;
        }
    }

    /** The numbers of a model in this process; named apart from libtorch's, which settings must not load. */
    public enum Precision {
        FLOAT32,
        BFLOAT16,
        FLOAT16
    }
}
