package dev.tandem.workspace;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.tandem.answering.prompt.PromptBuilder;
import dev.tandem.answering.prompt.PromptTemplate;
import dev.tandem.answering.prompt.TokenEstimate;
import dev.tandem.decoder.chat.ChatOptions;
import dev.tandem.decoder.chat.DecoderChatModel;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.chat.ChatModelSettings;
import dev.tandem.models.chat.ChatModels;
import dev.tandem.models.provider.ModelProvider;
import dev.tandem.workspace.settings.ModelSettings;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The language model that the settings name, and what makes its prompts. Owns a model of this process.
 *
 * @param model gives a reply piece by piece
 * @param chat the same model, gives the whole reply
 * @param inProcess the same model where it runs here; none for a server's
 */
record LanguageModel(
        StreamingChatModel model, ChatModel chat, PromptBuilder prompts, Optional<DecoderChatModel> inProcess)
        implements AutoCloseable {
    static LanguageModel open(Workspace workspace) {
        var settings = workspace.settings().model();
        var template = workspace
                .settings()
                .answer()
                .promptFile()
                .map(file -> PromptTemplate.read(workspace.folder().resolve(file)))
                .orElseGet(PromptTemplate::shipped);
        if (settings.provider() == ModelSettings.Provider.IN_PROCESS) {
            return here(settings, template, workspace);
        }
        var remote = remote(settings);
        var models = ChatModels.open(remote);
        return new LanguageModel(
                models.streaming(),
                models.chat(),
                new PromptBuilder(template, remote.promptTokens(), TokenEstimate::of),
                Optional.empty());
    }

    private static LanguageModel here(ModelSettings settings, PromptTemplate template, Workspace workspace) {
        var name = needed(settings.name(), "name", "it is the model's folder, relative to the workspace or absolute");
        var base = workspace.resolve(name);
        if (!Files.isDirectory(base)) {
            throw new MendableException(
                    "There is no model in " + base + ", which model.name in tandem.yaml names: fetch one"
                            + " with `tandem model pull OWNER/NAME --out " + base + "`, or name another folder.");
        }
        var adapters = settings.adapter()
                .map(adapter -> Map.of(adapter, workspace.resolve(adapter)))
                .orElse(Map.of());
        var defaults = ChatRequestParameters.builder()
                .modelName(settings.adapter().orElse(""))
                .temperature(settings.temperature())
                .maxOutputTokens(settings.maxOutputTokens())
                .build();
        var options = ChatOptions.standard().withDefaults(defaults).withContextTokens(settings.contextTokens());
        if (settings.precision().isPresent()) {
            var precision = Precision.valueOf(settings.precision().get().name());
            options = options.withPlacement(new Placement(options.placement().device(), precision));
        }
        var model = DecoderChatModel.open(base, adapters, options);
        try {
            return new LanguageModel(
                    model,
                    model,
                    new PromptBuilder(template, promptTokens(model, settings), model::countTokens),
                    Optional.of(model));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** What is left for the texts of a prompt beside the answer and what the chat template adds. */
    private static int promptTokens(DecoderChatModel model, ModelSettings settings) {
        if (settings.maxOutputTokens() >= model.contextTokens()) {
            throw new MendableException("model.max_output_tokens is " + settings.maxOutputTokens()
                    + " in tandem.yaml, but the model reads and writes " + model.contextTokens()
                    + " tokens together: lower it, so that the question and its passages have room.");
        }
        int around = model.countTokens(List.<ChatMessage>of(SystemMessage.from("."), UserMessage.from(".")));
        return model.contextTokens() - settings.maxOutputTokens() - around;
    }

    private static ChatModelSettings remote(ModelSettings settings) {
        var service = settings.provider().service().orElseThrow();
        return new ChatModelSettings(
                service == ModelProvider.OLLAMA
                        ? ChatModelSettings.Provider.OLLAMA
                        : ChatModelSettings.Provider.OPENAI_COMPATIBLE,
                needed(settings.baseUrl().or(service::baseUrl), "base_url", "a language model's server needs it"),
                needed(settings.name(), "name", "a language model's server needs it"),
                settings.apiKeyVariable().or(service::keyVariable).orElse(""),
                settings.temperature(),
                settings.maxOutputTokens(),
                settings.contextTokens(),
                settings.timeout(),
                Map.of());
    }

    private static String needed(Optional<String> value, String key, String why) {
        return value.orElseThrow(
                () -> new MendableException("model." + key + " is missing in tandem.yaml: " + why + "."));
    }

    @Override
    public void close() {
        inProcess.ifPresent(DecoderChatModel::close);
    }
}
