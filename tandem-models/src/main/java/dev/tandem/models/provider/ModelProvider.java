package dev.tandem.models.provider;

import java.util.Locale;
import java.util.Optional;

/**
 * Services and servers that models are asked at. All chat goes by OpenAI's protocol, which each of them documents for its own
 * models, but Ollama's, which has more to say; embeddings go by the protocol that tells questions from passages.
 */
public enum ModelProvider {
    OPENAI("OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY", true, Embeddings.OPENAI, ""),
    ANTHROPIC("Anthropic", "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY", true, Embeddings.NONE, ""),
    GOOGLE(
            "Google Gemini",
            "https://generativelanguage.googleapis.com/v1beta/openai",
            "GEMINI_API_KEY",
            true,
            Embeddings.OPENAI,
            ""),
    MISTRAL("Mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY", true, Embeddings.OPENAI, ""),
    COHERE(
            "Cohere",
            "https://api.cohere.ai/compatibility/v1",
            "COHERE_API_KEY",
            true,
            Embeddings.COHERE,
            "https://api.cohere.com/v2"),
    VOYAGE(
            "Voyage AI",
            "https://api.voyageai.com/v1",
            "VOYAGE_API_KEY",
            false,
            Embeddings.VOYAGE,
            "https://api.voyageai.com/v1"),
    VLLM("vLLM", "http://localhost:8000/v1", "", true, Embeddings.OPENAI, "http://localhost:8000/v1"),
    OLLAMA("Ollama", "http://localhost:11434", "", true, Embeddings.OLLAMA, ""),
    OPENAI_COMPATIBLE("any server that speaks OpenAI's protocol", "", "", true, Embeddings.OPENAI, "");

    private final String title;
    private final String baseUrl;
    private final String keyVariable;
    private final boolean chats;
    private final Embeddings embeddings;
    private final String rerankUrl;

    /** The protocol by which texts become vectors. */
    public enum Embeddings {
        /** It has none. */
        NONE,
        /** {@code POST /embeddings} with model and input. */
        OPENAI,
        /** The same with {@code input_type}: query or document. */
        VOYAGE,
        /** Cohere's own {@code POST /v2/embed}, with {@code input_type}: search_query or search_document. */
        COHERE,
        /** Ollama's own. */
        OLLAMA
    }

    ModelProvider(
            String title, String baseUrl, String keyVariable, boolean chats, Embeddings embeddings, String rerankUrl) {
        this.title = title;
        this.baseUrl = baseUrl;
        this.keyVariable = keyVariable;
        this.chats = chats;
        this.embeddings = embeddings;
        this.rerankUrl = rerankUrl;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** As tandem.yaml names it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it is unless another address is set; none if one must be. */
    public Optional<String> baseUrl() {
        return Optional.of(baseUrl).filter(url -> !url.isEmpty());
    }

    /** The environment variable that holds its key unless another is named; none if it asks for none by itself. */
    public Optional<String> keyVariable() {
        return Optional.of(keyVariable).filter(variable -> !variable.isEmpty());
    }

    /** Whether it has language models. */
    public boolean chats() {
        return chats;
    }

    public Embeddings embeddings() {
        return embeddings;
    }

    /** What goes before {@code /rerank} unless another address is set; none if it has no re-rankers, or one must be set. */
    public Optional<String> rerankUrl() {
        return Optional.of(rerankUrl).filter(url -> !url.isEmpty());
    }

    /** Whether it has re-rankers. */
    public boolean reranks() {
        return !rerankUrl.isEmpty() || this == OPENAI_COMPATIBLE;
    }
}
