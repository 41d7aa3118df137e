package dev.tandem.decoder.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.TinyModels;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderChatModelTest {
    private static final Path BASE = TinyModels.folder(TinyChat.MODEL);
    private static final ChatOptions OPTIONS = ChatOptions.standard().withPlacement(Placement.best(Precision.FLOAT32));
    private static final Path DORA = TinyChat.adapter("dora");
    private static final Path OTHER = TinyChat.adapter("rslora-patterns");
    private static final Map<String, Path> ADAPTERS = Map.of("dora", DORA, "other", OTHER);
    private static final List<String> NAMES = List.of("", "dora", "other");
    private static final List<ChatMessage> CONVERSATION = List.of(
            SystemMessage.from("Be brief."),
            UserMessage.from("Hi"),
            AiMessage.from("Hi."),
            UserMessage.from("How are you?"));

    /** What the generator itself says to a rendered prompt. */
    private static Generator.Generation expected(
            Path base, String name, List<Map<String, String>> messages, int maxTokens) {
        try (var scope = new PointerScope();
                var tokenizer = Tokenizer.open(base);
                var decoder = Decoder.open(base, OPTIONS.placement(), Decoder.Storage.PLAIN);
                var dora = Adapter.attach(DORA, "dora", decoder);
                var other = Adapter.attach(OTHER, "other", decoder)) {
            var prompt = tokenizer.chats()
                    ? tokenizer.encode(tokenizer.chat(messages, true), false)
                    : tokenizer.encode(String.valueOf(messages.getFirst().get("content")), true);
            return new Generator(decoder, tokenizer, Map.of("dora", dora, "other", other))
                    .generate(
                            List.of(new Generator.Request(
                                    prompt,
                                    Optional.of(name).filter(each -> !each.isEmpty()),
                                    new Sampling(0, 0, 1, 0, 1, maxTokens, List.of(), 0))),
                            (number, more) -> {},
                            () -> false)
                    .getFirst();
        }
    }

    private static List<Map<String, String>> user(String text) {
        return List.of(Map.of("role", "user", "content", text));
    }

    private static ChatRequest request(String name, int maxTokens, String text) {
        return ChatRequest.builder()
                .messages(UserMessage.from(text))
                .modelName(name)
                .maxOutputTokens(maxTokens)
                .build();
    }

    @Test
    void anAnswerIsJsonByTheSchemaThatIsAskedFor(@TempDir Path folder) throws IOException {
        var base = TinyChat.endless(folder);
        // A tokenizer of as many tokens that can write all of JSON.
        for (var file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(
                    Path.of("src/test/resources/tokenizers/characters", file),
                    base.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        var schema = JsonSchema.builder()
                .name("verdict")
                .rootElement(JsonObjectSchema.builder()
                        .addEnumProperty("winner", List.of("base", "tuned"))
                        .addBooleanProperty("sure")
                        .required("winner", "sure")
                        .build())
                .build();
        try (var model = DecoderChatModel.open(base, Map.of())) {
            var response = model.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Hi"))
                    .responseFormat(ResponseFormat.builder()
                            .type(ResponseFormatType.JSON)
                            .jsonSchema(schema)
                            .build())
                    .build());

            var answer = new ObjectMapper().readTree(response.aiMessage().text());
            assertThat(answer.get("winner").asText()).isIn("base", "tuned");
            assertThat(answer.get("sure").isBoolean()).isTrue();
            assertThat(answer).hasSize(2);
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void answersAreTheGeneratorsForTheRenderedConversation() {
        var messages = List.of(
                Map.of("role", "system", "content", "Be brief."),
                Map.of("role", "user", "content", "Hi"),
                Map.of("role", "assistant", "content", "Hi."),
                Map.of("role", "user", "content", "How are you?"));
        try (var model = DecoderChatModel.open(BASE, ADAPTERS, OPTIONS)) {
            for (var name : NAMES) {
                var expected = expected(BASE, name, messages, 40);

                var response = model.chat(ChatRequest.builder()
                        .messages(CONVERSATION)
                        .modelName(name)
                        .maxOutputTokens(40)
                        .build());

                assertThat(response.aiMessage().text()).isEqualTo(expected.text());
                assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(expected.tokens());
                assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(model.countTokens(CONVERSATION));
                assertThat(response.modelName()).isEqualTo(name.isEmpty() ? TinyChat.MODEL : name);
            }
            assertThat(model.chat(request(TinyChat.MODEL, 20, "Hi")).aiMessage().text())
                    .isEqualTo(model.chat("Hi").substring(0, 20));
            assertThat(NAMES.stream()
                            .map(name -> expected(BASE, name, messages, 40).text())
                            .distinct())
                    .as("the three really differ")
                    .hasSize(3);
        }
    }

    @Test
    void requestsThatWaitAreAnsweredTogetherAsIfAlone(@TempDir Path folder) throws Exception {
        var base = TinyChat.endless(folder);
        try (var model = DecoderChatModel.open(base, ADAPTERS, OPTIONS)) {
            var blocking = blocked(model);
            var waiting = new ArrayList<TinyChat.Listener>();
            for (int i = 0; i < 7; i++) {
                var listener = new TinyChat.Listener();
                model.chat(request(NAMES.get(i % 3), 5 + 3 * i, text(i)), listener);
                waiting.add(listener);
            }

            blocking.begun.join().cancel();

            for (int i = 0; i < 7; i++) {
                var response = waiting.get(i).ended.join();
                var expected = expected(base, NAMES.get(i % 3), user(text(i)), 5 + 3 * i);
                assertThat(response.aiMessage().text()).isEqualTo(expected.text());
                assertThat(waiting.get(i).pieces).hasToString(expected.text());
                assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
                assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5 + 3 * i);
            }
        }
    }

    private static String text(int i) {
        return "Tell me about " + "birds and ".repeat(i) + "fish";
    }

    /** An answer that goes on until somebody cancels it, and has begun. */
    private static TinyChat.Listener blocked(DecoderChatModel endless) {
        var listener = new TinyChat.Listener();
        endless.chat(request("", 500_000, "Begin"), listener);
        listener.begun.join();
        return listener;
    }

    @Test
    void manyThreadsMayAsk() {
        try (var model = DecoderChatModel.open(BASE, ADAPTERS, OPTIONS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 12; i++) {
                var request = request(NAMES.get(i % 3), 10, "Hi " + i % 5);
                answers.add(CompletableFuture.supplyAsync(
                        () -> model.chat(request).aiMessage().text(), threads));
            }
            for (int i = 0; i < 12; i++) {
                assertThat(answers.get(i).join())
                        .isEqualTo(expected(BASE, NAMES.get(i % 3), user("Hi " + i % 5), 10)
                                .text());
            }
        }
    }

    @Test
    void stopsAndTheMostTokensEndAnAnswer() {
        try (var model = DecoderChatModel.open(BASE, ADAPTERS, OPTIONS)) {
            var whole = model.chat(request("other", 30, "Hi"));
            assertThat(whole.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(whole.tokenUsage().outputTokenCount()).isEqualTo(30);
            var text = whole.aiMessage().text();
            var stop = text.substring(10, 13);

            var stopped = model.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Hi"))
                    .modelName("other")
                    .stopSequences(List.of(stop))
                    .maxOutputTokens(30)
                    .build());

            assertThat(stopped.aiMessage().text()).isEqualTo(text.substring(0, text.indexOf(stop)));
            assertThat(stopped.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void samplingIsHonouredAndRepeatableWhereASeedIsGiven() {
        var seeded = new ChatOptions(
                OPTIONS.placement(),
                OPTIONS.storage(),
                4,
                4,
                OPTIONS.contextTokens(),
                ChatRequestParameters.builder().temperature(1.5).build(),
                OptionalLong.of(7));
        try (var model = DecoderChatModel.open(BASE, Map.of(), seeded)) {
            var drawn = model.chat(request("", 40, "Hi")).aiMessage().text();
            assertThat(model.chat(request("", 40, "Hi")).aiMessage().text()).isEqualTo(drawn);

            var greedy = expected(BASE, "", user("Hi"), 40).text();
            assertThat(drawn).isNotEqualTo(greedy);
            var another = model.chat(request("", 40, "Hi"), 8).aiMessage().text();
            assertThat(another).isNotEqualTo(drawn);
            assertThat(model.chat(request("", 40, "Hi"), 8).aiMessage().text()).isEqualTo(another);
            assertThat(model.chat(request("", 40, "Hi"), 7).aiMessage().text()).isEqualTo(drawn);
            var named = OpenAiChatRequestParameters.builder()
                    .seed(8)
                    .maxOutputTokens(40)
                    .build();
            assertThat(model.chat(ChatRequest.builder()
                                    .messages(UserMessage.from("Hi"))
                                    .parameters(named)
                                    .build())
                            .aiMessage()
                            .text())
                    .isEqualTo(another);
            for (var parameters : List.of(
                    ChatRequestParameters.builder().topK(1).maxOutputTokens(40).build(),
                    ChatRequestParameters.builder()
                            .topP(1e-6)
                            .maxOutputTokens(40)
                            .build(),
                    ChatRequestParameters.builder()
                            .temperature(0.0)
                            .maxOutputTokens(40)
                            .build())) {
                assertThat(model.chat(ChatRequest.builder()
                                        .messages(UserMessage.from("Hi"))
                                        .parameters(parameters)
                                        .build())
                                .aiMessage()
                                .text())
                        .isEqualTo(greedy);
            }
        }
    }

    @Test
    void aTemplateThatKnowsToolsIsGivenThemAndWhatCameOfThem(@TempDir Path folder) throws IOException {
        var base = TinyChat.with(
                folder,
                config -> {},
                tokenizer -> tokenizer.put(
                        "chat_template",
                        "{% if tools %}{{ tools[0].function.name }}{% endif %}{% for m in messages %}{{ m.role[0] }}{{ m.content }}"
                                + "{% for call in m.tool_calls or [] %}{{ call.function.arguments.zone }}{% endfor %}{% endfor %}"));
        var tools = ChatRequestParameters.builder()
                .toolSpecifications(ToolSpecification.builder().name("clock").build())
                .maxOutputTokens(5)
                .build();
        var conversation = List.<ChatMessage>of(
                UserMessage.from("Hi"),
                AiMessage.from(ToolExecutionRequest.builder()
                        .id("1")
                        .name("clock")
                        .arguments("{\"zone\": \"UTC\"}")
                        .build()),
                ToolExecutionResultMessage.from("1", "clock", "noon"));
        try (var model = DecoderChatModel.open(base, Map.of(), OPTIONS)) {
            var request = ChatRequest.builder()
                    .messages(conversation)
                    .parameters(tools)
                    .build();
            assertThat(model.chat(request).tokenUsage().inputTokenCount())
                    .isEqualTo(model.countTokens("clockuHiaUTCtnoon"));
            var listener = new TinyChat.Listener();
            model.chat(request, listener);
            assertThat(listener.ended.join().aiMessage().text()).isEqualTo(listener.pieces.toString());
        }
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithAWayOut() {
        try (var model = DecoderChatModel.open(BASE, ADAPTERS, OPTIONS)) {
            assertThatThrownBy(() -> model.chat(request("third", 9, "Hi")))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContainingAll("third", "qwen2, ", "dora", "other");
            assertThatThrownBy(() -> model.chat(request("", 100, "x".repeat(30)), new TinyChat.Listener()))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContainingAll("up to 100", "128", "max_output_tokens");
            assertThatThrownBy(() -> model.chat("x".repeat(200)))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("shorten the prompt");
            assertThatThrownBy(() -> model.chat(ChatRequest.builder()
                            .messages(UserMessage.from("Hi"))
                            .toolSpecifications(
                                    ToolSpecification.builder().name("clock").build())
                            .build()))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("tools");
            assertThatThrownBy(() -> model.chat(
                            UserMessage.from(TextContent.from("Hi"), ImageContent.from("https://example.org/a.png"))))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("text only");
        }
    }

    @Test
    void foldersThatAreNotThereAndNamesThatAreTakenAreRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> DecoderChatModel.open(folder.resolve("none"), Map.of(), OPTIONS))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("none", "tandem model pull");
        assertThatThrownBy(() -> DecoderChatModel.open(BASE, Map.of("a", folder), OPTIONS))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> DecoderChatModel.open(BASE, Map.of("llama", TinyChat.adapter("lora")), OPTIONS))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> DecoderChatModel.open(BASE, Map.of("qwen2", TinyChat.adapter("dora")), OPTIONS))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("choose another name");
    }

    @Test
    void adaptersComeAndGoWhileItRuns(@TempDir Path folder) throws Exception {
        var base = TinyChat.endless(folder);
        try (var model = DecoderChatModel.open(base, Map.of(), OPTIONS)) {
            var blocking = blocked(model);
            var loading = CompletableFuture.runAsync(() -> model.load("dora", DORA));
            blocking.begun.join().cancel();
            loading.join();

            assertThat(model.names()).containsExactly(TinyChat.MODEL, "dora");
            assertThat(model.chat(request("dora", 10, "Hi")).aiMessage().text())
                    .isEqualTo(expected(base, "dora", user("Hi"), 10).text());
            assertThatThrownBy(() -> model.load("dora", OTHER))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("already");

            model.unload("dora");

            assertThatThrownBy(() -> model.chat(request("dora", 10, "Hi"))).isInstanceOf(MendableException.class);
            assertThatThrownBy(() -> model.unload("dora")).isInstanceOf(MendableException.class);
            assertThat(model.chat(request("", 10, "Hi")).aiMessage().text())
                    .isEqualTo(expected(base, "", user("Hi"), 10).text());
        }
    }

    @Test
    void aRequestWhoseAdapterGoesBeforeItsTurnFailsAlone() throws Exception {
        var queue = new WorkQueue(8, 8);
        try (var tokenizer = Tokenizer.open(BASE)) {
            var change = new Work.Change("dora", Optional.of(DORA), new CompletableFuture<>());
            var gone = new Work.Change("dora", Optional.empty(), new CompletableFuture<>());
            var late = new ChatJob(new Generator.Request(new int[] {30, 31}, Optional.of("dora"), Sampling.GREEDY), 2);
            var well = new ChatJob(
                    new Generator.Request(
                            new int[] {30, 31}, Optional.empty(), new Sampling(0, 0, 1, 0, 1, 3, List.of(), 0)),
                    2);
            for (var work : List.of(change, gone, late, well)) {
                queue.put(work);
            }
            var thread = new DecoderThread(BASE, tokenizer, OPTIONS.placement(), OPTIONS.storage(), queue);

            assertThatThrownBy(() -> late.read(text -> {}))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContainingAll("dora", "unloaded");
            assertThat(well.read(text -> {}).tokens()).isPositive();
            thread.close();
        }
    }

    @Test
    void aCancelledStreamEndsWithoutAnotherWordAndOthersGoOn(@TempDir Path folder) throws Exception {
        var base = TinyChat.endless(folder);
        try (var model = DecoderChatModel.open(base, Map.of(), OPTIONS)) {
            var cancelled = blocked(model);
            var handle = cancelled.begun.join();
            handle.cancel();
            assertThat(handle.isCancelled()).isTrue();

            assertThat(model.chat(request("", 10, "Hi")).aiMessage().text())
                    .isEqualTo(expected(base, "", user("Hi"), 10).text());
            assertThat(cancelled.ended).isNotDone();
        }
    }

    @Test
    void aHandlerThatThrowsEndsItsStreamAlone(@TempDir Path folder) throws Exception {
        try (var model = DecoderChatModel.open(TinyChat.endless(folder), Map.of(), OPTIONS)) {
            var told = new CompletableFuture<Throwable>();
            model.chat(
                    request("", 500_000, "Begin"),
                    new dev.langchain4j.model.chat.response.StreamingChatResponseHandler() {
                        @Override
                        public void onPartialResponse(String text) {
                            throw new IllegalStateException("the reader is gone");
                        }

                        @Override
                        public void onCompleteResponse(dev.langchain4j.model.chat.response.ChatResponse response) {}

                        @Override
                        public void onError(Throwable failure) {
                            told.complete(failure);
                        }
                    });

            assertThat(told.join()).hasMessage("the reader is gone");
            assertThat(model.chat(request("", 5, "Hi")).tokenUsage().outputTokenCount())
                    .isEqualTo(5);
        }
    }

    @Test
    void anInterruptCancels(@TempDir Path folder) throws Exception {
        try (var model = DecoderChatModel.open(TinyChat.endless(folder), Map.of(), OPTIONS)) {
            var failure = new CompletableFuture<Throwable>();
            var asking = Thread.ofPlatform().start(() -> {
                try {
                    model.chat(request("", 500_000, "Begin"));
                } catch (CancellationException e) {
                    failure.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost"));
                }
            });
            asking.interrupt();

            assertThat(failure.join()).isInstanceOf(CancellationException.class);
            assertThat(model.chat(request("", 5, "Hi")).tokenUsage().outputTokenCount())
                    .isEqualTo(5);
        }
    }

    @Test
    void closingEndsWhatIsInWorkAndWhatWaits(@TempDir Path folder) throws Exception {
        var model = DecoderChatModel.open(TinyChat.endless(folder), Map.of(), OPTIONS);
        var busy = blocked(model);
        var waiting = new TinyChat.Listener();
        model.chat(request("", 10, "Hi"), waiting);

        model.close();
        model.close();

        for (var listener : List.of(busy, waiting)) {
            assertThatThrownBy(listener.ended::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("closed");
        }
        assertThatThrownBy(() -> model.chat("Hi"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("closed");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("tandem-decoder"));
    }

    @Test
    void aModelWithoutATemplateContinuesTheTextItself(@TempDir Path folder) throws Exception {
        var base = TinyChat.with(folder, config -> {}, tokenizer -> tokenizer.remove("chat_template"));
        try (var model = DecoderChatModel.open(base, ADAPTERS, OPTIONS)) {
            assertThat(model.chat(request("", 10, "Once upon a time"))
                            .aiMessage()
                            .text())
                    .isEqualTo(expected(base, "", user("Once upon a time"), 10).text());
            assertThat(model.countTokens(List.of(SystemMessage.from("ab"), UserMessage.from("cd"))))
                    .isEqualTo(model.countTokens("ab\n\ncd"));
        }
    }

    @Test
    void aSystemMessageThatTheTemplateRefusesStandsBeforeTheFirstUsers(@TempDir Path folder) throws Exception {
        var base = TinyChat.with(
                folder,
                config -> {},
                tokenizer -> tokenizer.put(
                        "chat_template",
                        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}"
                                + "{% endif %}{% for message in messages %}{{ message['role'] + ': ' + message['content'] }}"
                                + "{% endfor %}"));
        try (var model = DecoderChatModel.open(base, Map.of(), OPTIONS)) {
            assertThat(model.chat(SystemMessage.from("Be brief."), UserMessage.from("Hi"))
                            .aiMessage()
                            .text())
                    .isEqualTo(model.chat("Be brief.\n\nHi"));
            assertThatThrownBy(() -> model.chat(SystemMessage.from("Be brief.")))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("System role not supported");
        }
    }
}
