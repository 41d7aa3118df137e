package dev.tandem.workspace.settings;

import java.util.Locale;

/** Names of Java as they are written in tandem.yaml. */
final class KeyName {
    private KeyName() {}

    /** {@code maxFileSize} to {@code max_file_size}. */
    static String of(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** {@code OPENAI_COMPATIBLE} to {@code openai-compatible}. */
    static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
