package dev.tandem.models.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.Map;

/** The shapes that model servers speak in, as recorded from OpenAI, vLLM and Ollama. */
final class ChatServers {
    static final String KEY = "sk-very-secret-0123456789";
    static final Map<String, String> ENVIRONMENT = Map.of("TEST_KEY", KEY, "TENANT", "tenant-secret-77");
    static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Hello?")).build();

    private ChatServers() {}

    static ChatModelSettings openAi(String address) {
        return new ChatModelSettings(
                ChatModelSettings.Provider.OPENAI_COMPATIBLE,
                address + "/v1",
                "small",
                "TEST_KEY",
                0.5,
                256,
                4096,
                Duration.ofSeconds(5),
                Map.of("X-Tenant", "${TENANT}"));
    }

    static ChatModelSettings ollama(String address) {
        return new ChatModelSettings(
                ChatModelSettings.Provider.OLLAMA,
                address,
                "qwen3:4b",
                "",
                0.5,
                256,
                4096,
                Duration.ofSeconds(5),
                Map.of());
    }

    static MappingBuilder openAiCall(ResponseDefinitionBuilder response) {
        return post(urlEqualTo("/v1/chat/completions")).willReturn(response);
    }

    static MappingBuilder ollamaCall(ResponseDefinitionBuilder response) {
        return post(urlEqualTo("/api/chat")).willReturn(response);
    }

    static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    static ResponseDefinitionBuilder events(String body) {
        return aResponse().withHeader("Content-Type", "text/event-stream").withBody(body);
    }

    static ResponseDefinitionBuilder lines(String body) {
        return aResponse().withHeader("Content-Type", "application/x-ndjson").withBody(body);
    }

    static String openAiReply(String text) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"small",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null,"annotations":[]},
                 "logprobs":null,"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,
                 "prompt_tokens_details":{"cached_tokens":0}},"service_tier":"default"}""".formatted(text);
    }

    static String openAiRole() {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"small\","
                + "\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                + "\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    }

    static String openAiPiece(String text) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"small\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    }

    static String openAiStop(String reason) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"small\","
                + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason
                + "\"}]}\n\n";
    }

    static String openAiUsage() {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"small\","
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}\n\n";
    }

    static String openAiDone() {
        return "data: [DONE]\n\n";
    }

    static String ollamaPiece(String text) {
        return "{\"model\":\"qwen3:4b\",\"created_at\":\"2025-08-04T08:52:19.385406455Z\",\"message\":{\"role\":\"assistant\","
                + "\"content\":\"" + text + "\"},\"done\":false}\n";
    }

    static String ollamaStop() {
        return "{\"model\":\"qwen3:4b\",\"created_at\":\"2025-08-04T08:52:19.9Z\",\"message\":{\"role\":\"assistant\","
                + "\"content\":\"\"},\"done_reason\":\"stop\",\"done\":true,\"total_duration\":4883583458,"
                + "\"load_duration\":1334875,\"prompt_eval_count\":26,\"prompt_eval_duration\":342546000,"
                + "\"eval_count\":282,\"eval_duration\":4535599000}\n";
    }
}
