package dev.tandem.workspace;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.EmbeddingModelEncoder;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.models.embedding.TypedEmbeddingModel;
import dev.tandem.models.http.Patience;
import dev.tandem.models.http.PatientHttpClient;
import dev.tandem.models.provider.KnownEmbedding;
import dev.tandem.models.provider.ModelProvider;
import dev.tandem.workspace.settings.EmbeddingSettings;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The embedding model that the settings name. */
final class Encoders {
    /** Texts a call: what servers take by default and one request's time stays short. */
    private static final int BATCH = 32;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String COHERE = "https://api.cohere.com";

    private Encoders() {}

    static TextEncoder open(Workspace workspace) {
        return open(workspace, workspace.settings().embedding());
    }

    static TextEncoder open(Workspace workspace, EmbeddingSettings settings) {
        if (settings.provider() == EmbeddingSettings.Provider.ONNX) {
            return OnnxTextEncoder.of(folder(workspace, settings), settings.questionPrefix(), settings.passagePrefix());
        }
        return settings.provider()
                .service()
                .map(service -> remote(settings, service))
                .orElseGet(OnnxTextEncoder::bundled);
    }

    private static Path folder(Workspace workspace, EmbeddingSettings settings) {
        return workspace.resolve(needed(settings.model(), "model"));
    }

    /** The id under which an index remembers the model; known without loading it. */
    static String id(Workspace workspace) {
        return id(workspace, workspace.settings().embedding());
    }

    static String id(Workspace workspace, EmbeddingSettings settings) {
        return switch (settings.provider()) {
            case EMBEDDED -> "bge-small-en-v1.5-q";
            case ONNX -> OnnxTextEncoder.idOf(folder(workspace, settings));
            default -> needed(settings.model(), "model");
        };
    }

    private static TextEncoder remote(EmbeddingSettings settings, ModelProvider service) {
        var name = needed(settings.model(), "model");
        var known = KnownEmbedding.of(service, name);
        var options = new EmbeddingModelEncoder.Options(
                name,
                needed(settings.dimension().or(() -> known.map(KnownEmbedding::dimension)), "dimension"),
                Math.min(
                        settings.maxTokens(),
                        known.map(KnownEmbedding::maxTokens).orElse(Integer.MAX_VALUE)),
                BATCH,
                prefix(settings.questionPrefix(), known.map(KnownEmbedding::questionPrefix)),
                prefix(settings.passagePrefix(), known.map(KnownEmbedding::passagePrefix)));
        return switch (service.embeddings()) {
            case OPENAI -> encoder(openAi(settings, service, name), options);
            case OLLAMA -> encoder(ollama(settings, service, name), options);
            case VOYAGE ->
                new EmbeddingModelEncoder(
                        typed(settings, service, name, "document"),
                        typed(settings, service, name, "query"),
                        options,
                        Encoders::tokensAtMost);
            case COHERE ->
                new EmbeddingModelEncoder(
                        typed(settings, service, name, "search_document"),
                        typed(settings, service, name, "search_query"),
                        options,
                        Encoders::tokensAtMost);
            case NONE -> throw new MendableException(service.title() + " has no embedding models: choose another.");
        };
    }

    private static TextEncoder encoder(EmbeddingModel model, EmbeddingModelEncoder.Options options) {
        return new EmbeddingModelEncoder(model, options, Encoders::tokensAtMost);
    }

    /** What is set goes before what is known. */
    private static String prefix(String set, Optional<String> known) {
        return set.isEmpty() ? known.orElse("") : set;
    }

    private static EmbeddingModel openAi(EmbeddingSettings settings, ModelProvider service, String name) {
        return OpenAiEmbeddingModel.builder()
                .httpClientBuilder(
                        new JdkHttpClientBuilder().httpClientBuilder(PatientHttpClient.builder(http(), Patience.USUAL)))
                .baseUrl(url(settings, service))
                .modelName(name)
                .apiKey(key(settings, service))
                .maxSegmentsPerBatch(BATCH)
                .maxRetries(0)
                .timeout(TIMEOUT)
                .build();
    }

    private static EmbeddingModel ollama(EmbeddingSettings settings, ModelProvider service, String name) {
        return OllamaEmbeddingModel.builder()
                .httpClientBuilder(
                        new JdkHttpClientBuilder().httpClientBuilder(PatientHttpClient.builder(http(), Patience.USUAL)))
                .baseUrl(url(settings, service))
                .modelName(name)
                .maxRetries(0)
                .timeout(TIMEOUT)
                .build();
    }

    private static EmbeddingModel typed(
            EmbeddingSettings settings, ModelProvider service, String name, String inputType) {
        boolean cohere = service == ModelProvider.COHERE;
        // Cohere's own protocol is beside the one that is compatible with OpenAI's.
        var url = settings.baseUrl().orElse(cohere ? COHERE : service.baseUrl().orElseThrow());
        return new TypedEmbeddingModel(
                new PatientHttpClient(http().build(), Patience.USUAL),
                new TypedEmbeddingModel.Endpoint(
                        url + (cohere ? "/v2/embed" : "/embeddings"), name, key(settings, service), cohere, TIMEOUT),
                inputType);
    }

    private static HttpClient.Builder http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    }

    private static String url(EmbeddingSettings settings, ModelProvider service) {
        return needed(settings.baseUrl().or(service::baseUrl), "base_url");
    }

    private static String key(EmbeddingSettings settings, ModelProvider service) {
        return settings.apiKeyVariable()
                .or(service::keyVariable)
                .map(variable -> ApiKey.read("embedding.api_key_variable", variable))
                .orElse("none");
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
