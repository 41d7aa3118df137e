package dev.tandem.workspace.strategy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.tandem.decoder.chat.ChatOptions;
import dev.tandem.decoder.chat.DecoderChatModel;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.settings.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A language model of this process, untouched or tuned, asked with chat turns alone. Owns the model. The same turns give the same
 * answer: where a temperature is set, its draws have a fixed seed.
 */
final class LocalModel implements AutoCloseable {
    /** Where tandem.yaml says nothing of a model, an answer is cut here: who rambles would only take longer. */
    static final int LONGEST_ANSWER = 256;

    private static final String TUNED = "tuned";
    private static final long SEED = 1;

    private final DecoderChatModel model;
    private final int longestAnswer;
    private final Map<String, String> configuration;

    /**
     * What it answered.
     *
     * @param promptTokens tokens that it read
     * @param answerTokens tokens that it wrote
     */
    record Reply(String text, int promptTokens, int answerTokens) {}

    private LocalModel(DecoderChatModel model, int longestAnswer, Map<String, String> configuration) {
        this.model = model;
        this.longestAnswer = longestAnswer;
        this.configuration = configuration;
    }

    /**
     * Opens a model.
     *
     * @param tuned an adapter's folder, or that of a whole model, which then goes in place of the base
     * @param settings the longest answer, temperature, context and precision, where they are for a model of this process
     * @throws MendableException if a folder is missing or damaged
     */
    static LocalModel open(Path base, Optional<Path> tuned, ModelSettings settings) {
        boolean named = settings.provider() == ModelSettings.Provider.IN_PROCESS;
        int longest = named ? settings.maxOutputTokens() : LONGEST_ANSWER;
        var adapter = tuned.filter(LocalModel::isAdapter);
        var folder = tuned.filter(each -> adapter.isEmpty()).orElse(base);
        var options = options(settings, named, adapter.isPresent());
        var model = DecoderChatModel.open(
                folder, adapter.map(each -> Map.of(TUNED, each)).orElse(Map.of()), options);
        var configuration = new TreeMap<String, String>();
        configuration.put("model.hash", ContentHash.ofFolder(folder));
        adapter.ifPresent(each -> configuration.put("model.adapter.hash", ContentHash.ofFolder(each)));
        configuration.put("model.max_output_tokens", Integer.toString(longest));
        configuration.put("model.temperature", Double.toString(named ? settings.temperature() : 0));
        configuration.put("model.context_tokens", Integer.toString(model.contextTokens()));
        return new LocalModel(model, longest, configuration);
    }

    /** Whether tuning left an adapter in a folder, and not a whole model. */
    static boolean isAdapter(Path folder) {
        if (Files.exists(folder.resolve("adapter_config.json"))) {
            return true;
        }
        if (Files.exists(folder.resolve("config.json"))) {
            return false;
        }
        throw new MendableException("There is no tuned model in " + folder
                + " (neither adapter_config.json nor config.json): name a folder that `tandem tune --out` made.");
    }

    private static ChatOptions options(ModelSettings settings, boolean named, boolean adapted) {
        var defaults = ChatRequestParameters.builder()
                .modelName(adapted ? TUNED : "")
                .temperature(named ? settings.temperature() : 0)
                .build();
        var options = ChatOptions.standard().withDefaults(defaults);
        if (named) {
            options = options.withContextTokens(settings.contextTokens());
        }
        if (named && settings.precision().isPresent()) {
            var precision = Precision.valueOf(settings.precision().get().name());
            options = options.withPlacement(new Placement(options.placement().device(), precision));
        }
        return new ChatOptions(
                options.placement(),
                options.storage(),
                1,
                1,
                options.contextTokens(),
                options.defaults(),
                OptionalLong.of(SEED));
    }

    /** All that decides what it answers, by name. */
    Map<String, String> configuration() {
        return configuration;
    }

    /** Whether the longest answer fits into the context behind these turns. */
    boolean fits(List<ChatMessage> messages) {
        return model.countTokens(messages) + longestAnswer <= model.contextTokens();
    }

    /**
     * Asks.
     *
     * @throws MendableException if the turns fill the context
     */
    Reply ask(List<ChatMessage> messages) {
        return reply(model.chat(request(messages, ChatRequestParameters.builder())));
    }

    /**
     * Draws an answer.
     *
     * @param temperature over 0
     * @param seed another one draws another answer
     * @throws MendableException if the turns fill the context
     */
    Reply draw(List<ChatMessage> messages, double temperature, long seed) {
        return reply(
                model.chat(request(messages, ChatRequestParameters.builder().temperature(temperature)), seed));
    }

    private ChatRequest request(List<ChatMessage> messages, DefaultChatRequestParameters.Builder<?> parameters) {
        int prompt = model.countTokens(messages);
        int room = model.contextTokens() - prompt;
        if (room < 1) {
            throw new MendableException("The prompt has " + prompt + " tokens, but the model reads and writes "
                    + model.contextTokens() + " together: shorten the question, or use a model with a larger context.");
        }
        return ChatRequest.builder()
                .messages(messages)
                .parameters(parameters
                        .maxOutputTokens(Math.min(longestAnswer, room))
                        .build())
                .build();
    }

    private static Reply reply(ChatResponse response) {
        var usage = response.tokenUsage();
        return new Reply(response.aiMessage().text().strip(), usage.inputTokenCount(), usage.outputTokenCount());
    }

    @Override
    public void close() {
        model.close();
    }
}
