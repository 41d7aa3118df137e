package dev.tandem.models.provider;

import java.util.Arrays;
import java.util.Optional;

/**
 * Embedding models whose sizes are published, so that nobody has to look them up; any other works with its dimension set.
 * Sources: each provider's model page, read in November 2026.
 */
public enum KnownEmbedding {
    OPENAI_3_SMALL(ModelProvider.OPENAI, "text-embedding-3-small", 1536, 8191),
    OPENAI_3_LARGE(ModelProvider.OPENAI, "text-embedding-3-large", 3072, 8191),
    OPENAI_ADA_002(ModelProvider.OPENAI, "text-embedding-ada-002", 1536, 8191),
    GEMINI_001(ModelProvider.GOOGLE, "gemini-embedding-001", 3072, 2048),
    MISTRAL_EMBED(ModelProvider.MISTRAL, "mistral-embed", 1024, 8192),
    COHERE_4(ModelProvider.COHERE, "embed-v4.0", 1536, 128_000),
    COHERE_ENGLISH_3(ModelProvider.COHERE, "embed-english-v3.0", 1024, 512),
    COHERE_MULTILINGUAL_3(ModelProvider.COHERE, "embed-multilingual-v3.0", 1024, 512),
    VOYAGE_3_5(ModelProvider.VOYAGE, "voyage-3.5", 1024, 32_000),
    VOYAGE_3_5_LITE(ModelProvider.VOYAGE, "voyage-3.5-lite", 1024, 32_000),
    VOYAGE_3_LARGE(ModelProvider.VOYAGE, "voyage-3-large", 1024, 32_000),
    VOYAGE_LAW_2(ModelProvider.VOYAGE, "voyage-law-2", 1024, 16_000),
    VOYAGE_FINANCE_2(ModelProvider.VOYAGE, "voyage-finance-2", 1024, 32_000),
    NOMIC(ModelProvider.OLLAMA, "nomic-embed-text", 768, 2048, "search_query: ", "search_document: "),
    MXBAI(
            ModelProvider.OLLAMA,
            "mxbai-embed-large",
            1024,
            512,
            "Represent this sentence for searching relevant passages: ",
            ""),
    BGE_M3(ModelProvider.OLLAMA, "bge-m3", 1024, 8192);

    private final ModelProvider provider;
    private final String model;
    private final int dimension;
    private final int maxTokens;
    private final String questionPrefix;
    private final String passagePrefix;

    KnownEmbedding(ModelProvider provider, String model, int dimension, int maxTokens) {
        this(provider, model, dimension, maxTokens, "", "");
    }

    KnownEmbedding(
            ModelProvider provider,
            String model,
            int dimension,
            int maxTokens,
            String questionPrefix,
            String passagePrefix) {
        this.provider = provider;
        this.model = model;
        this.dimension = dimension;
        this.maxTokens = maxTokens;
        this.questionPrefix = questionPrefix;
        this.passagePrefix = passagePrefix;
    }

    /** The model of this name at a provider, if it is known. */
    public static Optional<KnownEmbedding> of(ModelProvider provider, String model) {
        return Arrays.stream(values())
                .filter(known -> known.provider == provider && known.model.equals(model))
                .findFirst();
    }

    public ModelProvider provider() {
        return provider;
    }

    public String model() {
        return model;
    }

    /** Numbers of a vector. */
    public int dimension() {
        return dimension;
    }

    /** The longest text that is read whole. */
    public int maxTokens() {
        return maxTokens;
    }

    /** What the model was trained to find before a question. */
    public String questionPrefix() {
        return questionPrefix;
    }

    /** What the model was trained to find before a passage. */
    public String passagePrefix() {
        return passagePrefix;
    }
}
