package dev.tandem.workspace.trail;

import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.settings.SettingsValues;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.util.TreeMap;

/** What decides answers, in a few letters for the trail. */
public final class AnswerConfiguration {
    /** What wrote an answer where no language model did. */
    public static final String EXTRACTIVE = "extractive";

    private AnswerConfiguration() {}

    /**
     * A hash of the settings that decide answers and of the index that they are made from.
     *
     * @param index how the index was made and when, as its description and time of change say
     */
    public static String hash(WorkspaceSettings settings, String index) {
        var values = new TreeMap<String, String>();
        values.putAll(SettingsValues.of("passages", settings.passages()));
        values.putAll(SettingsValues.of("embedding", settings.embedding()));
        values.putAll(SettingsValues.of("retrieval", settings.retrieval()));
        values.putAll(SettingsValues.of("answer", settings.answer()));
        values.putAll(SettingsValues.of("model", settings.model()));
        return Sha256.of(values + "\n" + index);
    }

    /** The model that writes answers by these settings. */
    public static String model(ModelSettings settings) {
        return settings.provider() == ModelSettings.Provider.NONE
                ? EXTRACTIVE
                : settings.name().orElse("");
    }

    /** The adapter that answers go through by these settings, or empty. */
    public static String adapter(ModelSettings settings) {
        return settings.adapter().orElse("");
    }
}
