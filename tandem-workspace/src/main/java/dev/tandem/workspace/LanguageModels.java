package dev.tandem.workspace;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.tandem.answering.prompt.PromptBuilder;
import dev.tandem.answering.prompt.PromptTemplate;
import dev.tandem.answering.prompt.TokenEstimate;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.chat.ChatModelSettings;
import dev.tandem.models.chat.ChatModels;
import dev.tandem.workspace.settings.AnswerSettings;
import dev.tandem.workspace.settings.ModelSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The language model that the settings name, and its prompt. */
final class LanguageModels {
    private static final String OLLAMA = "http://localhost:11434";

    private LanguageModels() {}

    static StreamingChatModel open(ModelSettings settings) {
        return ChatModels.open(chatSettings(settings)).streaming();
    }

    static PromptBuilder prompts(ModelSettings settings, AnswerSettings answer, Path workspace) {
        var template = answer.promptFile()
                .map(file -> PromptTemplate.read(workspace.resolve(file)))
                .orElseGet(PromptTemplate::shipped);
        return new PromptBuilder(template, chatSettings(settings).promptTokens(), TokenEstimate::of);
    }

    private static ChatModelSettings chatSettings(ModelSettings settings) {
        boolean ollama = settings.provider() == ModelSettings.Provider.OLLAMA;
        return new ChatModelSettings(
                ollama ? ChatModelSettings.Provider.OLLAMA : ChatModelSettings.Provider.OPENAI_COMPATIBLE,
                ollama ? settings.baseUrl().orElse(OLLAMA) : needed(settings.baseUrl(), "base_url"),
                needed(settings.name(), "name"),
                settings.apiKeyVariable().orElse(""),
                settings.temperature(),
                settings.maxOutputTokens(),
                settings.contextTokens(),
                settings.timeout(),
                Map.of());
    }

    private static String needed(Optional<String> value, String key) {
        return value.orElseThrow(() -> new MendableException(
                "model." + key + " is missing in tandem.yaml: a language model's server needs it."));
    }
}
