package dev.tandem.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.server.http.Description;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes back from {@code POST /v1/chat/completions}. */
@Description("An answer, with what it rests on.")
public record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage,

        @Description("The documents that the answer cites, by the numbers in its text; empty without retrieval.")
        List<Source> sources,

        @Description("Whether the question was declined because the documents do not answer it.")
        boolean abstained,

        @Description("Sentences of the answer that no cited passage supports.")
        List<String> unsupported,

        @Description("Milliseconds of each stage.") Map<String, Double> timings) {

    /** An answer; there is always one. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Choice(int index, Message message, Optional<Object> logprobs, String finishReason) {}

    /** What the model says. */
    public record Message(
            String role,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> content,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> refusal,
            Optional<List<ChatRequest.ToolCall>> toolCalls,
            List<Annotation> annotations) {}

    /** A citation, as OpenAI marks them in a text. */
    public record Annotation(String type, UrlCitation urlCitation) {}

    /** Where in the text (characters), and what it leads to. */
    public record UrlCitation(int startIndex, int endIndex, String url, String title) {}

    /** A citation in full. */
    public record Source(
            @Description("As it stands in the text: [1].") int number,
            String document,
            @Description("Page or headings.") String location,

            @Description("Exactly as it stands in the document.")
            String quote,

            String passage,

            @Description("Where the document can be read, at the quote.")
            String url) {}

    /** Tokens; where no language model counts its own, by the embedding model's count. */
    public record Usage(int promptTokens, int completionTokens, int totalTokens) {
        static Usage of(int prompt, int completion) {
            return new Usage(prompt, completion, prompt + completion);
        }
    }

    /** A piece of a streamed answer. */
    @Description("A piece of an answer; the last ones hold finish_reason, citations and, if asked for, usage.")
    public record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<ChunkChoice> choices,
            Optional<Usage> usage,
            Optional<List<Source>> sources,
            Optional<Boolean> abstained,
            Optional<List<String>> unsupported) {}

    /** What is new of an answer. */
    public record ChunkChoice(
            int index,
            Delta delta,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> finishReason) {}

    /** What is new. */
    public record Delta(
            Optional<String> role,
            Optional<String> content,
            Optional<List<ToolCallDelta>> toolCalls,
            Optional<List<Annotation>> annotations) {
        static Delta text(String content) {
            return new Delta(Optional.empty(), Optional.of(content), Optional.empty(), Optional.empty());
        }
    }

    /** A call, whole. */
    public record ToolCallDelta(int index, String id, String type, ChatRequest.Called function) {}
}
