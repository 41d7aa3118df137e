package dev.tandem.workspace.settings;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Changes values in tandem.yaml and leaves every other character as it is, comments included. */
public final class SettingsEdit {
    private SettingsEdit() {}

    /**
     * Writes a value into a settings file, whole or not at all.
     *
     * @param value a plain word or number
     * @param took whether the settings, read again, have the value
     * @throws MendableException if the file is written in a way that this cannot change, and says which line to add
     */
    public static void set(Path file, String section, String key, String value, Predicate<WorkspaceSettings> took) {
        setAll(file, List.of(new Change(section, key, value)), took);
    }

    /**
     * A value for a key.
     *
     * @param value a plain word or number
     */
    public record Change(String section, String key, String value) {}

    /** Writes several values in the same way, all or none. */
    public static void setAll(Path file, List<Change> changes, Predicate<WorkspaceSettings> took) {
        try {
            var changed = Files.readString(file);
            for (var change : changes) {
                changed = changed(changed, change.section(), change.key(), change.value());
            }
            if (!reads(changed, took)) {
                throw new MendableException("Cannot change " + file + " by itself: write "
                        + changes.stream()
                                .map(change -> "`" + change.key() + ": " + change.value() + "` under `"
                                        + change.section() + ":`")
                                .collect(Collectors.joining(", "))
                        + " there.");
            }
            var part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, changed);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MendableException("Cannot write " + file + " (" + e.getMessage() + "): nothing was changed.", e);
        }
    }

    private static boolean reads(String yaml, Predicate<WorkspaceSettings> took) {
        try {
            return took.test(SettingsReader.read(yaml, "tandem.yaml"));
        } catch (MendableException notWrittenAsExpected) {
            return false;
        }
    }

    static String changed(String yaml, String section, String key, String value) {
        var present = find(yaml, section, key);
        if (present.isPresent()) {
            // Marks count code points.
            int start = yaml.offsetByCodePoints(0, present.get().getStartMark().getIndex());
            int end = yaml.offsetByCodePoints(0, present.get().getEndMark().getIndex());
            return yaml.substring(0, start) + value + yaml.substring(end);
        }
        var lines = new ArrayList<>(List.of(yaml.split("\n", -1)));
        int heading = indexOf(lines, 0, Pattern.compile(Pattern.quote(section) + ":\\s*(#.*)?"));
        var line = "  " + key + ": " + value;
        if (heading < 0) {
            return yaml + (yaml.isEmpty() || yaml.endsWith("\n") ? "" : "\n") + section + ":\n" + line + "\n";
        }
        // Where the default stands as a comment, its description stands above it.
        int commented = indexOf(lines, heading, Pattern.compile("\\s*#\\s*" + Pattern.quote(key) + ":.*"));
        int nextSection = indexOf(lines, heading + 1, Pattern.compile("\\S[^#]*:.*"));
        if (commented > 0 && (nextSection < 0 || commented < nextSection)) {
            lines.set(commented, line);
        } else {
            lines.add(heading + 1, line);
        }
        return String.join("\n", lines);
    }

    private static int indexOf(List<String> lines, int from, Pattern pattern) {
        for (int i = from; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<ScalarNode> find(String yaml, String section, String key) {
        return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)))
                .flatMap(root -> value(root, section))
                .flatMap(inside -> value(inside, key))
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
    }

    private static Optional<Node> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .map(entry -> entry.getValueNode())
                        .findFirst()
                : Optional.empty();
    }
}
