package dev.tandem.models.chat;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.tandem.models.http.Patience;
import dev.tandem.models.http.PatientHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One language model, to be asked at once or streamed. Opening connects to nothing; what goes wrong later is a
 * {@link dev.tandem.foundation.MendableException}. A request that a busy server refuses before it answers is made again, as {@link Patience} says. Safe for use by many
 * threads.
 *
 * @param chat gives the whole reply
 * @param streaming gives the reply piece by piece, on a thread of its own; {@link ChatStream} reads it on yours
 */
public record ChatModels(ChatModel chat, StreamingChatModel streaming) {
    /** A server that is up accepts a connection at once, however long it then thinks. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /** Opens a model with the secrets that the process's environment holds, and patience with its server. */
    public static ChatModels open(ChatModelSettings settings) {
        return open(settings, System.getenv(), Patience.USUAL);
    }

    /** Opens a model whose server is asked once. */
    public static ChatModels open(ChatModelSettings settings, Map<String, String> environment) {
        return open(settings, environment, Patience.NONE);
    }

    /**
     * Opens a model.
     *
     * @param environment where the key and the headers' variables are looked up
     * @param patience with a server that is busy
     */
    public static ChatModels open(ChatModelSettings settings, Map<String, String> environment, Patience patience) {
        var secrets = Secrets.read(settings, environment);
        var failures = new ChatFailures(settings, secrets);
        return switch (settings.provider()) {
            case OPENAI_COMPATIBLE ->
                new ChatModels(
                        new MendableChatModel(openAi(settings, secrets, patience), failures),
                        new MendableStreamingChatModel(openAiStreaming(settings, secrets, patience), failures));
            case OLLAMA ->
                new ChatModels(
                        new MendableChatModel(ollama(settings, secrets, patience), failures),
                        new MendableStreamingChatModel(ollamaStreaming(settings, secrets, patience), failures));
        };
    }

    private static ChatModel openAi(ChatModelSettings settings, Secrets secrets, Patience patience) {
        var builder = OpenAiChatModel.builder()
                .httpClientBuilder(http(settings, patience))
                .baseUrl(settings.baseUrl())
                .apiKey(secrets.key())
                .modelName(settings.name())
                .temperature(temperature(settings))
                .timeout(settings.timeout())
                .maxRetries(0)
                .customHeaders(secrets.headers());
        return isOpenAi(settings)
                ? builder.maxCompletionTokens(settings.maxOutputTokens()).build()
                : builder.maxTokens(settings.maxOutputTokens()).build();
    }

    private static StreamingChatModel openAiStreaming(ChatModelSettings settings, Secrets secrets, Patience patience) {
        var builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http(settings, patience))
                .baseUrl(settings.baseUrl())
                .apiKey(secrets.key())
                .modelName(settings.name())
                .temperature(temperature(settings))
                .timeout(settings.timeout())
                .customHeaders(secrets.headers());
        return isOpenAi(settings)
                ? builder.maxCompletionTokens(settings.maxOutputTokens()).build()
                : builder.maxTokens(settings.maxOutputTokens()).build();
    }

    private static ChatModel ollama(ChatModelSettings settings, Secrets secrets, Patience patience) {
        return OllamaChatModel.builder()
                .httpClientBuilder(http(settings, patience))
                .baseUrl(settings.baseUrl())
                .modelName(settings.name())
                .temperature(temperature(settings))
                .numPredict(settings.maxOutputTokens())
                .numCtx(settings.contextTokens())
                .timeout(settings.timeout())
                .maxRetries(0)
                .customHeaders(secrets.headersWithKey())
                .build();
    }

    private static StreamingChatModel ollamaStreaming(ChatModelSettings settings, Secrets secrets, Patience patience) {
        return OllamaStreamingChatModel.builder()
                .httpClientBuilder(http(settings, patience))
                .baseUrl(settings.baseUrl())
                .modelName(settings.name())
                .temperature(temperature(settings))
                .numPredict(settings.maxOutputTokens())
                .numCtx(settings.contextTokens())
                .timeout(settings.timeout())
                .customHeaders(secrets.headersWithKey())
                .build();
    }

    /** HTTP/1.1, because some model servers lose the body of a request that offers an upgrade to HTTP/2. */
    private static JdkHttpClientBuilder http(ChatModelSettings settings, Patience patience) {
        var connect = settings.timeout().compareTo(LONGEST_CONNECT) < 0 ? settings.timeout() : LONGEST_CONNECT;
        return new ShortConnect(connect)
                .httpClientBuilder(PatientHttpClient.builder(
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1), patience));
    }

    private static @Nullable Double temperature(ChatModelSettings settings) {
        return settings.temperature() == ChatModelSettings.SERVER_DEFAULT ? null : settings.temperature();
    }

    /** OpenAI's newer models refuse {@code max_tokens}; most other servers know nothing else. */
    private static boolean isOpenAi(ChatModelSettings settings) {
        return "api.openai.com".equalsIgnoreCase(URI.create(settings.baseUrl()).getHost());
    }

    /** LangChain4j gives both waits one length; a dead address should not take as long as a slow model may. */
    private static final class ShortConnect extends JdkHttpClientBuilder {
        private final Duration connect;

        ShortConnect(Duration connect) {
            this.connect = connect;
        }

        @Override
        public Duration connectTimeout() {
            return connect;
        }
    }
}
