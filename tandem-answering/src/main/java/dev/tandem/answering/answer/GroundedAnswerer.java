package dev.tandem.answering.answer;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.tandem.answering.citation.CitationCheck;
import dev.tandem.answering.prompt.PromptBuilder;
import dev.tandem.answering.prompt.Turn;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.knowledge.retrieval.Surroundings;
import dev.tandem.models.chat.ChatStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Lets a language model answer from the retrieved passages, and checks every citation before the answer counts. What is
 * streamed is the model's own text: its numbers and marks are provisional until {@link Answer#text}. Declines when
 * nothing is retrieved or the model declines. The model is asked once; failures are its {@link MendableException}s, and
 * half an answer is never returned. An interrupt ends the stream and throws
 * {@link java.util.concurrent.CancellationException}. Safe for use by many threads if its parts are.
 */
public final class GroundedAnswerer implements Answerer {
    private final Retriever retriever;
    private final StreamingChatModel model;
    private final PromptBuilder prompts;
    private final Settings settings;
    private final Optional<Surroundings> surroundings;

    /**
     * How a question is answered.
     *
     * @param passages how many are retrieved, at least 1; those that fit into the prompt are used
     * @param silence longest wait for the model's first word and between two pieces of its answer
     */
    public record Settings(int passages, Duration silence) {}

    public GroundedAnswerer(Retriever retriever, StreamingChatModel model, PromptBuilder prompts, Settings settings) {
        this(retriever, model, prompts, settings, Optional.empty());
    }

    /**
     * Makes an answerer.
     *
     * @param surroundings what goes into the prompt with each passage
     */
    public GroundedAnswerer(
            Retriever retriever,
            StreamingChatModel model,
            PromptBuilder prompts,
            Settings settings,
            Optional<Surroundings> surroundings) {
        this.surroundings = surroundings;
        this.retriever = retriever;
        this.model = model;
        this.prompts = prompts;
        this.settings = settings;
    }

    @Override
    public Answer answer(String question, Filter filter, Consumer<String> partial) {
        return answer(question, List.of(), filter, partial);
    }

    /**
     * Answers a question of a conversation. Only the question is searched for; the earlier turns help the model to
     * understand it.
     *
     * @param history earlier turns, oldest first
     */
    @Override
    public Answer answer(String question, List<Turn> history, Filter filter, Consumer<String> partial) {
        var timings = new LinkedHashMap<String, Duration>();
        long asked = System.nanoTime();
        long start = asked;
        var found = retriever.retrieve(question, settings.passages(), filter);
        var retrieval = surroundings
                .map(around -> found.withPassages(around.around(found.passages(), found.encoding())))
                .orElse(found);
        start = lap(timings, "retrieve", start);
        timings.putAll(retrieval.timings());
        if (retrieval.passages().isEmpty()) {
            return declined(retrieval, timings, partial);
        }
        var prompt = prompts.build(question, history, retrieval.passages());
        var filtered = new ReplyFilter(PromptBuilder.CANNOT_ANSWER, partial);
        var request = ChatRequest.builder().messages(prompt.messages()).build();
        var response = ChatStream.read(model, request, settings.silence(), filtered::accept);
        checkWhole(response);
        var reply = filtered.finish();
        start = lap(timings, "generate", start);
        var checked =
                CitationCheck.check(PlainLinks.in(reply.replace(PromptBuilder.CANNOT_ANSWER, "")), prompt.passages());
        lap(timings, "verify", start);
        lap(timings, "total", asked);
        boolean declines = reply.contains(PromptBuilder.CANNOT_ANSWER)
                && checked.citations().isEmpty();
        if (declines || checked.text().isBlank()) {
            return declined(retrieval, timings, partial);
        }
        return new Answer(
                checked.text(),
                false,
                checked.citations(),
                checked.unsupported(),
                retrieval.passages(),
                timings,
                Trace.of(retrieval, OptionalDouble.empty()));
    }

    private static Answer declined(Retrieval retrieval, Map<String, Duration> timings, Consumer<String> partial) {
        partial.accept(ExtractiveAnswerer.DECLINED);
        return new Answer(
                ExtractiveAnswerer.DECLINED,
                true,
                List.of(),
                List.of(),
                retrieval.passages(),
                timings,
                Trace.of(retrieval, OptionalDouble.empty()));
    }

    private static void checkWhole(ChatResponse response) {
        if (response.finishReason() == FinishReason.LENGTH) {
            throw new MendableException("The model reached the longest answer that it may give before it was done, so"
                    + " nothing of it is kept: raise model.max_output_tokens, or ask for less.");
        }
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            throw new MendableException("The model's server withheld the answer by its content filter: ask in other"
                    + " words, or use another model.");
        }
    }

    private static long lap(Map<String, Duration> timings, String stage, long start) {
        long now = System.nanoTime();
        timings.put(stage, Duration.ofNanos(now - start));
        return now;
    }
}
