package dev.tandem.server;

import static dev.tandem.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LangChain4j's client of OpenAI, unchanged; and searches as OpenAI's clients send them. */
class StockClientTest {
    private static final String QUESTION = "How many weeks of parental leave do employees get?";
    private static final String SEARCH = "/v1/vector_stores/vs_workspace/search";

    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void serve() {
        served = Served.start(Served.workspace(folder));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String address() {
        return served.uri("/v1").toString();
    }

    @Test
    void chatsAreAnswered() {
        var model = OpenAiChatModel.builder()
                .baseUrl(address())
                .apiKey("none")
                .modelName("tandem/rag")
                .temperature(0.0)
                .build();
        assertThat(model.chat(QUESTION)).contains("16 weeks");
    }

    @Test
    void streamsEndWithTheWholeAnswer() throws ExecutionException, InterruptedException {
        var model = OpenAiStreamingChatModel.builder()
                .baseUrl(address())
                .apiKey("none")
                .modelName("tandem/rag")
                .build();
        var pieces = new StringBuilder();
        var whole = new CompletableFuture<ChatResponse>();
        model.chat(QUESTION, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.append(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        assertThat(whole.get().aiMessage().text()).contains("16 weeks").isEqualTo(pieces.toString());
        assertThat(whole.get().tokenUsage().totalTokenCount()).isPositive();
    }

    @Test
    void textsAreEmbedded() {
        var model = OpenAiEmbeddingModel.builder()
                .baseUrl(address())
                .apiKey("none")
                .modelName("bge-small-en-v1.5-q")
                .build();
        assertThat(model.embed("one").content().vector()).hasSize(384);
    }

    @Test
    void theVectorStoreIsTheWorkspace() {
        var store = json(served.get("/v1/vector_stores")).at("/data/0");
        assertThat(store.path("id").asText()).isEqualTo("vs_workspace");
        assertThat(store.at("/file_counts/completed").asInt()).isEqualTo(3);

        var page = json(served.post(
                SEARCH, "{\"query\": [\"parental leave\"], \"max_num_results\": 2, \"rewrite_query\": false}"));
        assertThat(page.path("object").asText()).isEqualTo("vector_store.search_results.page");
        assertThat(page.at("/search_query/0").asText()).isEqualTo("parental leave");
        assertThat(page.path("data")).hasSize(2);
        var best = page.at("/data/0");
        assertThat(best.path("filename").asText()).isEqualTo("leave.md");
        assertThat(best.path("score").asDouble()).isBetween(0.5, 1.0);
        assertThat(best.at("/attributes/department").asText()).isEqualTo("hr");
        assertThat(best.at("/content/0/text").asText()).contains("16 weeks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"eq\", \"key\": \"department\", \"value\": \"it\"} | vpn.md",
                "{\"type\": \"nin\", \"key\": \"department\", \"value\": [\"it\", \"hr\"]} | returns.md",
                "{\"type\": \"and\", \"filters\": [{\"type\": \"ne\", \"key\": \"department\", \"value\": \"it\"},"
                        + "{\"type\": \"in\", \"key\": \"department\", \"value\": [\"it\", \"hr\"]}]} | leave.md",
            })
    void openAisFiltersHold(String filters, String only) {
        var page = json(served.post(SEARCH, "{\"query\": \"parental leave\", \"filters\": " + filters + "}"));
        assertThat(page.path("data"))
                .extracting(each -> each.path("filename").asText())
                .containsExactly(only);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"query\": \"a\", \"filters\": {\"type\": \"like\", \"key\": \"a\", \"value\": \"b\"}} | type",
                "{\"query\": \"a\", \"filters\": {\"type\": \"eq\", \"key\": 1, \"value\": \"b\"}} | key",
                "{\"query\": \"a\", \"filters\": {\"type\": \"eq\", \"key\": \"department\", \"value\": null}} | value",
                "{\"query\": \"a\", \"filters\": {\"type\": \"eq\", \"key\": \"colour\", \"value\": \"b\"}} | colour",
                "{\"query\": \"a\", \"filters\": {\"type\": \"or\", \"filters\": []}} | filters",
                "{\"query\": 7} | query",
                "{\"query\": \"a\", \"max_num_results\": 51} | max_num_results",
                "{\"query\": \"a\", \"rewrite_query\": true} | rewrite_query",
            })
    void whatIsWrongWithASearchIsNamed(String body, String named) {
        var reply = served.post(SEARCH, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(Served.error(reply).path("message").asText()).contains(named);
    }
}
