package dev.tandem.workspace;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.EmbeddingModelEncoder;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.workspace.settings.EmbeddingSettings;
import java.time.Duration;
import java.util.Optional;

/** The embedding model that the settings name. */
final class Encoders {
    /** Texts a call: what servers take by default and one request's time stays short. */
    private static final int BATCH = 32;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Encoders() {}

    static TextEncoder open(EmbeddingSettings settings) {
        return switch (settings.provider()) {
            case EMBEDDED -> OnnxTextEncoder.bundled();
            case OPENAI_COMPATIBLE -> remote(settings, openAi(settings));
            case OLLAMA -> remote(settings, ollama(settings));
        };
    }

    /** The id under which an index remembers the model; known without loading it. */
    static String id(EmbeddingSettings settings) {
        return settings.provider() == EmbeddingSettings.Provider.EMBEDDED
                ? "bge-small-en-v1.5-q"
                : needed(settings.model(), "model");
    }

    private static TextEncoder remote(EmbeddingSettings settings, EmbeddingModel model) {
        var options = new EmbeddingModelEncoder.Options(
                needed(settings.model(), "model"),
                needed(settings.dimension(), "dimension"),
                settings.maxTokens(),
                BATCH,
                settings.questionPrefix(),
                settings.passagePrefix());
        return new EmbeddingModelEncoder(model, options, Encoders::tokensAtMost);
    }

    private static EmbeddingModel openAi(EmbeddingSettings settings) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(needed(settings.baseUrl(), "base_url"))
                .modelName(needed(settings.model(), "model"))
                .apiKey(settings.apiKeyVariable()
                        .map(variable -> ApiKey.read("embedding.api_key_variable", variable))
                        .orElse("none"))
                .maxSegmentsPerBatch(BATCH)
                .timeout(TIMEOUT)
                .build();
    }

    private static EmbeddingModel ollama(EmbeddingSettings settings) {
        return OllamaEmbeddingModel.builder()
                .baseUrl(settings.baseUrl().orElse("http://localhost:11434"))
                .modelName(needed(settings.model(), "model"))
                .timeout(TIMEOUT)
                .build();
    }

    private static <T> T needed(Optional<T> value, String key) {
        return value.orElseThrow(() -> new MendableException(
                "embedding." + key + " is missing in tandem.yaml: a server's embedding model needs it."));
    }

    /** A server's tokenizer is not at hand: no common one makes more than a token of two letters or of any other sign. */
    private static int tokensAtMost(String text) {
        long letters = text.chars()
                .filter(c -> c < 128 && Character.isLetterOrDigit(c))
                .count();
        long signs = text.chars()
                .filter(c -> c >= 128 || !Character.isLetterOrDigit(c) && !Character.isWhitespace(c))
                .count();
        return (int) Math.min(Integer.MAX_VALUE, (letters + 1) / 2 + signs);
    }
}
