package dev.tandem.workspace.settings;

import java.util.List;

/** The settings written for people: as a tandem.yaml to start from, and as docs/configuration.md. */
public final class SettingsText {
    private static final int WIDTH = 100;

    private SettingsText() {}

    /** A tandem.yaml in which every key stands as a comment with its default. */
    public static String yaml() {
        var text =
                new StringBuilder("# Settings of this Tandem workspace. What is commented out has the value shown.\n");
        for (var section : Setting.of(WorkspaceSettings.DEFAULTS)) {
            if (!section.isSection()) {
                text.append('\n').append(comment("", described(section).replace("`", "")));
                text.append("# ")
                        .append(section.name())
                        .append(": ")
                        .append(section.writtenDefault())
                        .append('\n');
                continue;
            }
            text.append('\n').append(comment("", section.key().value()));
            text.append(section.name()).append(":\n");
            for (var setting : Setting.of((Record) section.initial())) {
                text.append(comment("  ", described(setting).replace("`", "")));
                text.append("  # ").append(setting.name()).append(':');
                text.append(setting.writtenDefault().isEmpty() ? "" : " " + setting.writtenDefault())
                        .append("\n");
            }
        }
        return text.toString();
    }

    /** docs/configuration.md. */
    public static String markdown() {
        var text = new StringBuilder("""
                # tandem.yaml

                Every key that a workspace's `tandem.yaml` may hold. All are optional; `tandem init` writes them with their
                defaults as comments. An unknown key, a value of the wrong kind or out of range is refused with its line.
                Keys of services never stand in the file: `api_key_variable` names the environment variable that holds one.

                This page is generated from the records in `dev.tandem.workspace.settings`
                (`./mvnw -pl tandem-workspace -am test -Dtandem.write.docs -Dsurefire.failIfNoSpecifiedTests=false -Dtest=SettingsTextTest`).
                """);
        for (var section : Setting.of(WorkspaceSettings.DEFAULTS)) {
            text.append("\n## ")
                    .append(section.name())
                    .append("\n\n")
                    .append(section.isSection() ? section.key().value() + "\n\n" : "");
            text.append("| key | value | default | what it does |\n|---|---|---|---|\n");
            for (var setting : section.isSection() ? Setting.of((Record) section.initial()) : List.of(section)) {
                var initial = setting.writtenDefault();
                text.append("| `").append(setting.name()).append("` | ");
                text.append(setting.expected()).append(" | ");
                text.append(initial.isEmpty() ? "not set" : "`" + initial + "`").append(" | ");
                text.append(setting.key().value()).append(" |\n");
            }
        }
        return text.toString();
    }

    private static String described(Setting setting) {
        return setting.key().value() + " (" + setting.expected() + ")";
    }

    /** Text as comment lines of a width that reads well. */
    private static String comment(String indent, String text) {
        var lines = new StringBuilder();
        var line = new StringBuilder(indent + "#");
        for (var word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder(indent + "#");
            }
            line.append(' ').append(word);
        }
        return lines.append(line).append('\n').toString();
    }
}
