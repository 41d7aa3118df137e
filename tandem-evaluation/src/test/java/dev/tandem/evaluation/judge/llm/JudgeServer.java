package dev.tandem.evaluation.judge.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.langchain4j.model.chat.ChatModel;
import dev.tandem.models.chat.ChatModelSettings;
import dev.tandem.models.chat.ChatModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that speaks OpenAI's protocol and says what a test wants to hear, by the prompt that it is asked. */
public final class JudgeServer {
    /** Words of each prompt by which a request is known. */
    public static final String CLAIMS = "You take an answer apart";

    public static final String VERDICTS = "claims whether it can be inferred";
    public static final String QUESTIONS = "write the questions that it answers";
    public static final String USEFULNESS = "whether a context was useful";
    public static final String ATTRIBUTION = "sentences of an answer whether it can be attributed";
    public static final String RELEVANCE = "You pick the sentences";
    public static final String CORRECTNESS = "whether an answer to a question is right";
    public static final String PREFERENCE = "You compare two answers";

    public static final String CONTROL_PASSED = """
            {"verdicts": [{"number":1,"reason":"","verdict":1},{"number":2,"reason":"","verdict":0},
            {"number":3,"reason":"","verdict":1},{"number":4,"reason":"","verdict":0},{"number":5,"reason":"","verdict":1},
            {"number":6,"reason":"","verdict":0},{"number":7,"reason":"","verdict":0},{"number":8,"reason":"","verdict":1},
            {"number":9,"reason":"","verdict":1},{"number":10,"reason":"","verdict":0}]}""";

    private static final String CONTROLS = "Lindholm Museum of Clocks opened";
    private static final JsonMapper JSON = new JsonMapper();

    private final WireMockExtension server;

    public JudgeServer(WireMockExtension server) {
        this.server = server;
    }

    public static WireMockExtension extension() {
        return WireMockExtension.newInstance()
                .options(wireMockConfig().dynamicPort())
                .build();
    }

    public String address() {
        return server.baseUrl() + "/v1";
    }

    public ChatModel model() {
        return ChatModels.open(
                        new ChatModelSettings(
                                ChatModelSettings.Provider.OPENAI_COMPATIBLE,
                                address(),
                                "tester",
                                "",
                                0,
                                512,
                                100_000,
                                Duration.ofSeconds(20),
                                Map.of()),
                        Map.of())
                .chat();
    }

    /** Answers the control claims right. */
    public JudgeServer passes() {
        return control(CONTROL_PASSED);
    }

    public JudgeServer control(String reply) {
        server.stubFor(post(urlEqualTo("/v1/chat/completions"))
                .atPriority(1)
                .withRequestBody(containing(CONTROLS))
                .willReturn(said(reply)));
        return this;
    }

    /** What is said to a prompt, the first time, the second, and the last one ever after. */
    public JudgeServer says(String prompt, String... replies) {
        var responses =
                java.util.Arrays.stream(replies).map(JudgeServer::said).toArray(ResponseDefinitionBuilder[]::new);
        return responds(prompt, responses);
    }

    public JudgeServer responds(String prompt, ResponseDefinitionBuilder... responses) {
        for (int i = 0; i < responses.length; i++) {
            server.stubFor(post(urlEqualTo("/v1/chat/completions"))
                    .atPriority(5)
                    .inScenario(prompt)
                    .whenScenarioStateIs(state(i))
                    .willSetStateTo(i + 1 == responses.length ? state(i) : state(i + 1))
                    .withRequestBody(containing(prompt))
                    .willReturn(responses[i]));
        }
        return this;
    }

    private static String state(int said) {
        return said == 0 ? Scenario.STARTED : "after " + said;
    }

    /** What is said to requests that hold some words, whatever else is stubbed for them. */
    public JudgeServer saysWhere(String prompt, String words, String reply) {
        server.stubFor(post(urlEqualTo("/v1/chat/completions"))
                .atPriority(2)
                .withRequestBody(containing(prompt))
                .withRequestBody(containing(words))
                .willReturn(said(reply)));
        return this;
    }

    /** Refuses every request that has a field. */
    public void refuses(String field) {
        server.stubFor(post(urlEqualTo("/v1/chat/completions"))
                .atPriority(1)
                .withRequestBody(matchingJsonPath(field))
                .willReturn(fails(400, field + " is not supported")));
    }

    public static ResponseDefinitionBuilder said(String content) {
        return reply(content, "stop");
    }

    public static ResponseDefinitionBuilder reply(String content, String reason) {
        return body("""
                {"id":"c","object":"chat.completion","created":1,"model":"tester","choices":[{"index":0,"message":
                {"role":"assistant","content":%s},"finish_reason":"%s"}],
                "usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}""".formatted(JSON.valueToTree(content), reason));
    }

    public static ResponseDefinitionBuilder body(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    public static ResponseDefinitionBuilder fails(int status, String message) {
        return body("{\"error\":{\"message\":\"" + message + "\"}}").withStatus(status);
    }

    /** Verdicts in order. */
    public static String verdicts(int... verdicts) {
        var all = JSON.createObjectNode();
        var list = all.putArray("verdicts");
        for (int i = 0; i < verdicts.length; i++) {
            list.addObject().put("number", i + 1).put("reason", "because").put("verdict", verdicts[i]);
        }
        return all.toString();
    }

    /** The bodies of the requests that asked a prompt, in the order they came. */
    public List<JsonNode> asked(String prompt) {
        return server
                .findAll(postRequestedFor(urlEqualTo("/v1/chat/completions")).withRequestBody(containing(prompt)))
                .stream()
                .map(request -> tree(request.getBodyAsString()))
                .toList();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
