package dev.tandem.models.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.tandem.models.chat.ChatServers.ENVIRONMENT;
import static dev.tandem.models.chat.ChatServers.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.langchain4j.model.output.FinishReason;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatModelsTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @Test
    void anOpenAiCompatibleServerIsAskedWithKeyHeadersAndLimits() {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.json(ChatServers.openAiReply("Hi there"))));
        var reply = openAi().chat().chat(REQUEST);
        assertThat(reply.aiMessage().text()).isEqualTo("Hi there");
        assertThat(reply.tokenUsage().totalTokenCount()).isEqualTo(29);
        SERVER.verify(postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("Authorization", equalTo("Bearer " + ChatServers.KEY))
                .withHeader("X-Tenant", equalTo("tenant-secret-77"))
                .withRequestBody(matchingJsonPath("$.model", equalTo("small")))
                .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("256")))
                .withRequestBody(matchingJsonPath("$.temperature", equalTo("0.5"))));
    }

    @Test
    void ollamaIsAskedWithItsContextLength() {
        SERVER.stubFor(ChatServers.ollamaCall(ChatServers.lines(
                ChatServers.ollamaPiece("Hel") + ChatServers.ollamaPiece("lo") + ChatServers.ollamaStop())));
        var pieces = new ArrayList<String>();
        var reply = ChatStream.read(ollama().streaming(), REQUEST, Duration.ofSeconds(5), pieces::add);
        assertThat(String.join("", pieces)).isEqualTo("Hello");
        assertThat(reply.aiMessage().text()).isEqualTo("Hello");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        SERVER.verify(postRequestedFor(urlEqualTo("/api/chat"))
                .withRequestBody(matchingJsonPath("$.options.num_ctx", equalTo("4096")))
                .withRequestBody(matchingJsonPath("$.options.num_predict", equalTo("256"))));
    }

    @Test
    void aStreamIsReadPieceByPieceWithItsUsage() {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.events(ChatServers.openAiRole()
                + ChatServers.openAiPiece("Hel")
                + ChatServers.openAiPiece("lo")
                + ChatServers.openAiStop("stop")
                + ChatServers.openAiUsage()
                + ChatServers.openAiDone())));
        var pieces = new ArrayList<String>();
        var reply = ChatStream.read(openAi().streaming(), REQUEST, Duration.ofSeconds(5), pieces::add);
        assertThat(pieces).containsExactly("Hel", "lo");
        assertThat(reply.aiMessage().text()).isEqualTo("Hello");
        assertThat(reply.tokenUsage().totalTokenCount()).isEqualTo(11);
    }

    @Test
    void aServerThatReportsNoUsageAndSendsNoDoneMarkIsFine() {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.events(ChatServers.openAiPiece("Hel") + ": keep-alive\n\n"
                + ChatServers.openAiPiece("lo") + ChatServers.openAiStop("stop"))));
        var reply = ChatStream.read(openAi().streaming(), REQUEST, Duration.ofSeconds(5), piece -> {});
        assertThat(reply.aiMessage().text()).isEqualTo("Hello");
    }

    @Test
    void aStreamThatEndsBeforeTheModelIsDoneIsAFailure() {
        SERVER.stubFor(ChatServers.openAiCall(
                ChatServers.events(ChatServers.openAiPiece("The tent weighs 3") + ChatServers.openAiDone())));
        assertFailure(() -> stream(openAi()), "broke off in the middle of its answer");
    }

    /** LangChain4j reports nothing when Ollama hangs up early, so the silence is what ends it. */
    @Test
    void aStreamOfOllamaThatEndsBeforeTheModelIsDoneIsAFailure() {
        SERVER.stubFor(ChatServers.ollamaCall(ChatServers.lines(ChatServers.ollamaPiece("The tent weighs 3"))));
        assertFailure(
                () -> ChatStream.read(ollama().streaming(), REQUEST, Duration.ofMillis(300), piece -> {}),
                "was silent for 0.3 s");
    }

    @Test
    void anErrorInsideAStreamOfOllamaIsAFailure() {
        SERVER.stubFor(ChatServers.ollamaCall(ChatServers.lines(ChatServers.ollamaPiece("The tent")
                + "{\"error\":\"an error was encountered while running the model\"}\n")));
        assertFailure(() -> stream(ollama()), "encountered while running the model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTION_RESET_BY_PEER",
                "EMPTY_RESPONSE",
                "RANDOM_DATA_THEN_CLOSE",
                "MALFORMED_RESPONSE_CHUNK"
            })
    void aBrokenConnectionIsAFailure(Fault fault) {
        SERVER.stubFor(ChatServers.openAiCall(aResponse().withFault(fault)));
        assertFailure(() -> stream(openAi()), "broke off");
    }

    @Test
    void anErrorInsideAStreamIsAFailure() {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.events(ChatServers.openAiPiece("The tent")
                + "event: error\ndata: {\"error\":{\"message\":\"CUDA out of memory\"}}\n\n"
                + ChatServers.openAiDone())));
        assertFailure(() -> stream(openAi()), "CUDA out of memory");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    401 | refused the key in TEST_KEY
                    403 | refused the key in TEST_KEY
                    404 | does not know the model 'small'
                    429 | over its rate limit
                    400 | refused the request (HTTP 400)
                    500 | failed (HTTP 500)
                    503 | failed (HTTP 503)
                    504 | took too long
                    """)
    void eachRefusalSaysWhatToDo(int status, String expected) {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.json(
                        "{\"error\":{\"message\":\"no " + ChatServers.KEY + " no\",\"type\":\"x\",\"code\":\"y\"}}")
                .withStatus(status)));
        assertFailure(() -> openAi().chat().chat(REQUEST), expected);
        assertFailure(() -> stream(openAi()), expected);
    }

    @Test
    void aPromptThatIsTooLongForTheServerNamesTheKeyToLower() {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.json(
                        "{\"object\":\"error\",\"message\":\"This model's maximum context length is 2048 tokens.\"}")
                .withStatus(400)));
        assertFailure(() -> stream(openAi()), "lower model.context_tokens");
    }

    @Test
    void aModelThatOllamaDoesNotHaveNamesTheCommandThatFetchesIt() {
        SERVER.stubFor(ChatServers.ollamaCall(
                ChatServers.json("{\"error\":\"model 'qwen3:4b' not found\"}").withStatus(404)));
        assertFailure(() -> stream(ollama()), "'ollama pull qwen3:4b'");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var nowhere = "http://localhost:" + port;
        var openAi = ChatModels.open(ChatServers.openAi(nowhere), ENVIRONMENT);
        var ollama = ChatModels.open(ChatServers.ollama(nowhere), ENVIRONMENT);
        assertFailure(() -> stream(openAi), "No server answers at " + nowhere + "/v1: start it");
        assertFailure(() -> openAi.chat().chat(REQUEST), "No server answers at " + nowhere);
        assertFailure(() -> stream(ollama), "'ollama serve'");
        assertFailure(() -> ollama.chat().chat(REQUEST), "'ollama serve'");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsAFailure() {
        SERVER.stubFor(ChatServers.openAiCall(
                ChatServers.json(ChatServers.openAiReply("late")).withFixedDelay(2_000)));
        var impatient = ChatModels.open(withTimeout(Duration.ofMillis(200)), ENVIRONMENT);
        assertFailure(() -> impatient.chat().chat(REQUEST), "was silent for 200 ms");
        assertFailure(() -> stream(impatient), "was silent for 200 ms");
    }

    @Test
    void aStreamThatStallsIsAFailure() {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.events(ChatServers.openAiPiece("The tent")
                        + ChatServers.openAiPiece(" weighs")
                        + ChatServers.openAiStop("stop"))
                .withChunkedDribbleDelay(2, 3_000)));
        assertFailure(
                () -> ChatStream.read(openAi().streaming(), REQUEST, Duration.ofMillis(200), piece -> {}),
                "raise model.timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>It works!</html>", "[1, 2", "data: nonsense\n\n"})
    void anAnswerInAnotherProtocolIsAFailure(String body) {
        SERVER.stubFor(ChatServers.openAiCall(ChatServers.events(body)));
        assertThatThrownBy(() -> stream(openAi())).isInstanceOf(MendableException.class);
        assertThatThrownBy(() -> openAi().chat().chat(REQUEST)).isInstanceOf(MendableException.class);
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        var settings = ChatServers.openAi(SERVER.baseUrl());
        assertThatThrownBy(() -> ChatModels.open(settings, Map.of("TENANT", "x")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("TEST_KEY");
        assertThatThrownBy(() -> ChatModels.open(settings, Map.of("TEST_KEY", "x")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("TENANT");
    }

    /** A mendable failure with these words, in which no secret stands, not even in a trace of its causes. */
    private static void assertFailure(Runnable work, String words) {
        var failure = catchThrowableOfType(MendableException.class, work::run);
        assertThat(failure).isNotNull().hasMessageContaining(words);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(ChatServers.KEY, "tenant-secret-77");
    }

    private static List<String> stream(ChatModels models) {
        var pieces = new ArrayList<String>();
        ChatStream.read(models.streaming(), REQUEST, Duration.ofSeconds(5), pieces::add);
        return pieces;
    }

    private static ChatModels openAi() {
        return ChatModels.open(ChatServers.openAi(SERVER.baseUrl()), ENVIRONMENT);
    }

    private static ChatModels ollama() {
        return ChatModels.open(ChatServers.ollama(SERVER.baseUrl()), ENVIRONMENT);
    }

    private static ChatModelSettings withTimeout(Duration timeout) {
        var settings = ChatServers.openAi(SERVER.baseUrl());
        return new ChatModelSettings(
                settings.provider(),
                settings.baseUrl(),
                settings.name(),
                settings.apiKeyVariable(),
                settings.temperature(),
                settings.maxOutputTokens(),
                settings.contextTokens(),
                timeout,
                settings.headers());
    }
}
