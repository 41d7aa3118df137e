package dev.tandem.decoder.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.tandem.decoder.constraint.Constraints;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A language model in this process, with any number of adapters on one base in memory. {@code modelName} chooses for each
 * request: an adapter by its name, the base by its folder's name or by nothing. Requests that wait are answered together,
 * whatever adapters they go through, and each as if it were alone.
 *
 * <p>Honoured are model name, temperature (0, the likeliest token always, unless given), top-p, top-k, the longest answer
 * (up to 1024 tokens where the context has the room, unless given), stop sequences, a seed (OpenAI's parameters have one), JSON by a
 * schema or without one, and tools, if the model's chat template has a place for them; an answer that may be a call is streamed when it
 * is whole. Penalties are refused. A model without a chat template is given the messages' texts alone, with blank lines between them.
 *
 * <p>Safe for use by many threads, virtual ones included. While as many requests wait as may, asking waits too. An
 * interrupt cancels: {@link CancellationException}, the flag stays set. A stream's handler is called on a thread of its
 * own, so it may take its time and may ask again; after {@link dev.langchain4j.model.chat.response.StreamingHandle#cancel} it hears nothing more. Everything
 * that a user can mend is a {@link MendableException}.
 */
public final class DecoderChatModel implements ChatModel, StreamingChatModel, AutoCloseable {
    private final String name;
    private final ChatOptions options;
    private final ChatPrompts prompts;
    private final Constraints constraints;
    private final WorkQueue queue;
    private final DecoderThread thread;
    private final int contextTokens;

    private DecoderChatModel(Path base, ChatOptions options) {
        name = nameOf(base);
        this.options = options;
        queue = new WorkQueue(options.waiting(), options.rows());
        var tokenizer = Tokenizer.open(base);
        prompts = new ChatPrompts(tokenizer);
        constraints = new Constraints(base, tokenizer);
        try {
            thread = new DecoderThread(base, tokenizer, options.placement(), options.storage(), queue);
            int own = thread.config().context();
            contextTokens = Math.min(own, options.contextTokens().orElse(own));
        } catch (RuntimeException | Error e) {
            prompts.close();
            throw e;
        }
    }

    /** Opens a model with {@link ChatOptions#standard}. */
    public static DecoderChatModel open(Path base, Map<String, Path> adapters) {
        return open(base, adapters, ChatOptions.standard());
    }

    /**
     * Opens a model.
     *
     * @param base its folder, in Hugging Face's layout
     * @param adapters folders in PEFT's format, by the names under which requests ask for them
     * @throws MendableException if a folder is missing, damaged, or an adapter belongs to another base
     */
    public static DecoderChatModel open(Path base, Map<String, Path> adapters, ChatOptions options) {
        if (!Files.isDirectory(base)) {
            throw new MendableException("There is no model in " + base
                    + ": fetch it with `tandem model pull OWNER/NAME --out " + base + "`, or name another folder.");
        }
        var model = new DecoderChatModel(base, options);
        try {
            adapters.forEach(model::load);
            model.checked(options.defaults().modelName());
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static String nameOf(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /**
     * Loads one more adapter; requests may name it afterwards. Returns when it is done, which is behind the requests that
     * wait already.
     *
     * @throws MendableException if the name is taken, or the folder holds no adapter for this base
     */
    public void load(String adapter, Path folder) {
        if (adapter.isBlank() || adapter.equals(name)) {
            throw new MendableException(
                    "An adapter cannot be called '" + adapter + "', which is the base: choose another name.");
        }
        change(new Work.Change(adapter, Optional.of(folder), new CompletableFuture<>()));
    }

    /**
     * Unloads an adapter and frees its memory, behind the requests that wait already.
     *
     * @throws MendableException if there is none of that name
     */
    public void unload(String adapter) {
        change(new Work.Change(adapter, Optional.empty(), new CompletableFuture<>()));
    }

    private void change(Work.Change change) {
        try {
            queue.put(change);
            change.done().get();
        } catch (InterruptedException e) {
            throw cancelled(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /** What requests may name: the base first, then the adapters. */
    public List<String> names() {
        var names = new ArrayList<String>();
        names.add(name);
        names.addAll(thread.loaded().keySet());
        return names;
    }

    /** Tokens that a prompt and its answer may have together. */
    public int contextTokens() {
        return contextTokens;
    }

    /** How many tokens a text has. */
    public int countTokens(String text) {
        return prompts.count(text);
    }

    /**
     * How many tokens a conversation has, as the model that is asked by default reads it: with all that its chat template puts
     * around it, and an adapter's virtual tokens.
     */
    public int countTokens(List<ChatMessage> messages) {
        return prompts.tokens(messages, List.of()).length
                + virtualTokens(checked(options.defaults().modelName()));
    }

    private int virtualTokens(Optional<String> adapter) {
        return adapter.map(each -> thread.loaded().getOrDefault(each, 0)).orElse(0);
    }

    /**
     * As {@link #chat(ChatRequest)}, drawn with a seed of its own: where a temperature is set, another seed draws another answer, and
     * the same seed the same.
     */
    public ChatResponse chat(ChatRequest request, long seed) {
        var parameters = defaultRequestParameters().overrideWith(request.parameters());
        return answered(job(request.toBuilder().parameters(parameters).build(), seed));
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answered(job(request));
    }

    private ChatResponse answered(ChatJob job) {
        try {
            queue.put(job);
            return response(job, job.read(text -> {}));
        } catch (InterruptedException e) {
            job.cancel();
            throw cancelled(e);
        }
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        var job = job(request);
        try {
            queue.put(job);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
        Thread.ofVirtual()
                .name("tandem-decoder-stream")
                .start(() -> new StreamDelivery(job, handler).deliver(generation -> response(job, generation)));
    }

    private ChatJob job(ChatRequest request) {
        var asked = RequestParameters.seed(request.parameters());
        var seed = asked.isPresent() ? asked : options.seed();
        return job(request, seed.orElseGet(() -> ThreadLocalRandom.current().nextLong()));
    }

    private ChatJob job(ChatRequest request, long seed) {
        var parameters = request.parameters();
        var adapter = checked(parameters.modelName());
        var tools = RequestParameters.tools(parameters);
        var tokens = prompts.tokens(request.messages(), tools);
        if (tokens.length == 0) {
            throw new MendableException("The prompt is empty: give it some text.");
        }
        int promptTokens = tokens.length + virtualTokens(adapter);
        return new ChatJob(
                new Generator.Request(
                        tokens,
                        adapter,
                        RequestParameters.sampling(parameters, promptTokens, contextTokens, seed),
                        RequestParameters.schema(parameters)
                                .map(schema -> constraints.of(schema, "The response format"))),
                promptTokens,
                tools.stream().map(ToolSpecification::name).collect(Collectors.toSet()));
    }

    /** The adapter that a request names, none for the base. */
    private Optional<String> checked(@Nullable String asked) {
        if (asked == null || asked.isEmpty() || asked.equals(name)) {
            return Optional.empty();
        }
        if (!thread.loaded().containsKey(asked)) {
            throw new MendableException(
                    "There is no model called " + asked + " here; there are: " + String.join(", ", names()) + ".");
        }
        return Optional.of(asked);
    }

    private ChatResponse response(ChatJob job, Generator.Generation generation) {
        var read = job.tools().isEmpty()
                ? new ToolCalls.Read(generation.text(), List.of())
                : ToolCalls.read(generation.text(), job.tools());
        return ChatResponse.builder()
                .aiMessage(
                        read.calls().isEmpty()
                                ? AiMessage.from(read.text())
                                : AiMessage.from(read.text(), read.calls()))
                .modelName(job.request().adapter().orElse(name))
                .tokenUsage(new TokenUsage(job.promptTokens(), generation.tokens()))
                .finishReason(
                        switch (generation.ending()) {
                            case STOP -> read.calls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
                            case LENGTH -> FinishReason.LENGTH;
                            case CANCELLED -> FinishReason.OTHER;
                        })
                .build();
    }

    private static CancellationException cancelled(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        var cancelled = new CancellationException("The request was cancelled.");
        cancelled.initCause(interrupt);
        return cancelled;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        // Of OpenAI's kind, because what overrides others becomes of the others' kind, and only this one keeps a seed.
        return OpenAiChatRequestParameters.EMPTY.overrideWith(options.defaults());
    }

    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    /** Ends every request, those in work at their next token, and frees all memory. Closing again does nothing. */
    @Override
    public void close() {
        thread.close();
        prompts.close();
    }
}
