package dev.tandem.workspace.settings;

import static dev.tandem.workspace.settings.YamlText.isEmpty;
import static dev.tandem.workspace.settings.YamlText.line;
import static dev.tandem.workspace.settings.YamlText.path;
import static dev.tandem.workspace.settings.YamlText.shown;

import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads tandem.yaml. Strict: a key that is not known, stands twice or has a value of another kind is a {@link
 * MendableException} that names file, line, key and what is expected. What is left out has its default.
 */
public final class SettingsReader {
    private final YamlText text;

    private SettingsReader(String file) {
        this.text = new YamlText(file);
    }

    /** Reads a file. */
    public static WorkspaceSettings read(Path file) {
        return read(YamlText.of(file), file.toString());
    }

    /**
     * Reads settings.
     *
     * @param yaml the text
     * @param file the name that errors call it by
     */
    public static WorkspaceSettings read(String yaml, String file) {
        var reader = new SettingsReader(file);
        var settings = (WorkspaceSettings) reader.text
                .compose(yaml)
                .map(root -> reader.section("", root, WorkspaceSettings.DEFAULTS))
                .orElse(WorkspaceSettings.DEFAULTS);
        if (settings.passages().overlap() > settings.passages().tokens() / 2) {
            throw new MendableException(file + ": passages.overlap must be at most half of passages.tokens ("
                    + settings.passages().tokens() + "), not "
                    + settings.passages().overlap() + ".");
        }
        return settings;
    }

    private Record section(String path, Node node, Record defaults) {
        if (isEmpty(node)) {
            return defaults;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw text.error(
                    line(node),
                    (path.isEmpty() ? "the file" : path) + " must hold keys, like "
                            + Setting.of(defaults).getFirst().name() + ": ...");
        }
        var settings = Setting.of(defaults);
        var nodes =
                text.entries(path, mapping, settings.stream().map(Setting::name).toList());
        var values = new ArrayList<Object>();
        for (var setting : settings) {
            var value = nodes.get(setting.name());
            values.add(value == null ? setting.initial() : value(path(path, setting.name()), setting, value));
        }
        return Setting.create(defaults, values);
    }

    private Object value(String path, Setting setting, Node node) {
        if (setting.isSection()) {
            return section(path, node, (Record) setting.initial());
        }
        if (isEmpty(node)) {
            throw text.error(line(node), path + " has no value: write " + setting.expected() + ", or remove the line.");
        }
        Object value = read(setting, node)
                .orElseThrow(() ->
                        text.error(line(node), path + " must be " + setting.expected() + ", not " + shown(node) + "."));
        return setting.optional() ? Optional.of(value) : value;
    }

    private Optional<Object> read(Setting setting, Node node) {
        return setting.element() == AlertRule.class
                        && node instanceof SequenceNode list
                        && list.getValue().stream().allMatch(ScalarNode.class::isInstance)
                ? Optional.of(list.getValue().stream()
                        .map(item -> rule((ScalarNode) item))
                        .toList())
                : ValueReader.read(setting, node).filter(value -> setting.element() != AlertRule.class);
    }

    /** Such a list may be long: what is wrong is said with the line of the rule. */
    private AlertRule rule(ScalarNode node) {
        try {
            return AlertRule.parse(node.getValue());
        } catch (MendableException e) {
            throw text.error(line(node), String.valueOf(e.getMessage()));
        }
    }
}
