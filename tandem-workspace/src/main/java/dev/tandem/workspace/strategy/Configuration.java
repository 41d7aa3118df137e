package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.models.rerank.OnnxCrossEncoder;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.settings.RerankSettings;
import dev.tandem.workspace.settings.SettingsValues;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Everything of a workspace that decides its answers, by name. */
final class Configuration {
    private Configuration() {}

    static Map<String, String> of(OpenWorkspace open) {
        var settings = open.workspace().settings();
        var configuration = ofRetrieval(open);
        configuration.putAll(SettingsValues.of("answer", settings.answer()));
        settings.answer()
                .promptFile()
                .ifPresent(file -> configuration.put(
                        "answer.prompt_file.hash",
                        ContentHash.ofFile(open.workspace().folder().resolve(file))));
        if (settings.model().provider() != ModelSettings.Provider.NONE) {
            configuration.putAll(model(settings.model(), open.workspace()));
        }
        return configuration;
    }

    /** What of it decides which passages are found. */
    static Map<String, String> ofRetrieval(OpenWorkspace open) {
        var settings = open.workspace().settings();
        var configuration = new TreeMap<String, String>();
        configuration.put("answer.passages", Integer.toString(settings.answer().passages()));
        configuration.putAll(SettingsValues.of("retrieval", settings.retrieval()));
        // How many a search shows decides no answer.
        configuration.remove("retrieval.k");
        configuration.put("embedding", open.encoder().id());
        var rerank = settings.rerank();
        if (rerank.provider() != RerankSettings.Provider.NONE) {
            configuration.put("rerank.provider", rerank.provider().name().toLowerCase(Locale.ROOT));
            configuration.put("rerank.candidates", Integer.toString(rerank.candidates()));
            configuration.put(
                    "rerank.model",
                    open.reranker() instanceof OnnxCrossEncoder own
                            ? own.id()
                            : rerank.model().orElse(""));
        }
        try (var snapshot = open.index().snapshot()) {
            configuration.put("passages", snapshot.description().splitting());
            configuration.put(Strategy.INDEX, ContentHash.of(snapshot));
        }
        return configuration;
    }

    /** Where the model is and how long it may be silent change no answer; the key's name is nobody's business. */
    private static Map<String, String> model(ModelSettings settings, Workspace workspace) {
        var configuration = SettingsValues.of("model", settings);
        configuration.remove("model.base_url");
        configuration.remove("model.api_key_variable");
        configuration.remove("model.timeout");
        if (settings.provider() == ModelSettings.Provider.IN_PROCESS) {
            settings.name()
                    .ifPresent(name -> configuration.put("model.hash", ContentHash.ofFolder(workspace.resolve(name))));
            settings.adapter()
                    .ifPresent(name ->
                            configuration.put("model.adapter.hash", ContentHash.ofFolder(workspace.resolve(name))));
        }
        return configuration;
    }
}
