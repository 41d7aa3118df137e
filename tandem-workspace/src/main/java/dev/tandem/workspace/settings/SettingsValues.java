package dev.tandem.workspace.settings;

import java.util.SortedMap;
import java.util.TreeMap;

/** Settings as texts, for whoever records with what something was made. */
public final class SettingsValues {
    private SettingsValues() {}

    /**
     * The keys of a section with their values as they are written in tandem.yaml: {@code answer.passages} is {@code 10}. Keys that are
     * not set are left out.
     *
     * @param section its name in tandem.yaml
     */
    public static SortedMap<String, String> of(String section, Record settings) {
        var values = new TreeMap<String, String>();
        for (var setting : Setting.of(settings)) {
            var written = setting.writtenDefault();
            if (!written.isEmpty()) {
                values.put(section + "." + setting.name(), written);
            }
        }
        return values;
    }
}
