package dev.tandem.workspace.settings;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads tandem.yaml. Strict: a key that is not known, stands twice or has a value of another kind is a {@link
 * MendableException} that names file, line, key and what is expected. What is left out has its default.
 */
public final class SettingsReader {
    private final String file;

    private SettingsReader(String file) {
        this.file = file;
    }

    /** Reads a file. */
    public static WorkspaceSettings read(Path file) {
        try {
            return read(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new MendableException(file + " is not UTF-8 text: save it in that encoding.", e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read " + file + " (" + e.getMessage() + "): check that it is a file you may read.", e);
        }
    }

    /**
     * Reads settings.
     *
     * @param yaml the text
     * @param file the name that errors call it by
     */
    public static WorkspaceSettings read(String yaml, String file) {
        var reader = new SettingsReader(file);
        var settings = (WorkspaceSettings) reader.compose(yaml)
                .map(root -> reader.section("", root, WorkspaceSettings.DEFAULTS))
                .orElse(WorkspaceSettings.DEFAULTS);
        if (settings.passages().overlap() > settings.passages().tokens() / 2) {
            throw new MendableException(file + ": passages.overlap must be at most half of passages.tokens ("
                    + settings.passages().tokens() + "), not "
                    + settings.passages().overlap() + ".");
        }
        return settings;
    }

    private Optional<Node> compose(String yaml) {
        try {
            // Nodes, not objects: they know their lines, and nothing in the file can name a class.
            return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            int line = mark == null ? 1 : mark.getLine() + 1;
            throw error(
                    line,
                    "this is not valid YAML: " + e.getProblem()
                            + ". Check indentation, colons and quotes here and in the line above.");
        } catch (YAMLException e) {
            throw error(1, "this is not valid YAML: " + e.getMessage());
        }
    }

    private Record section(String path, Node node, Record defaults) {
        if (isEmpty(node)) {
            return defaults;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw error(
                    line(node),
                    (path.isEmpty() ? "the file" : path) + " must hold keys, like "
                            + Setting.of(defaults).getFirst().name() + ": ...");
        }
        var settings = Setting.of(defaults);
        var nodes = entries(path, mapping, settings.stream().map(Setting::name).toList());
        var values = new ArrayList<Object>();
        for (var setting : settings) {
            var value = nodes.get(setting.name());
            values.add(value == null ? setting.initial() : value(path(path, setting.name()), setting, value));
        }
        return Setting.create(defaults, values);
    }

    private Map<String, Node> entries(String path, MappingNode mapping, List<String> known) {
        var nodes = new HashMap<String, Node>();
        for (var entry : mapping.getValue()) {
            var name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!known.contains(name)) {
                throw unknown(path, name, line(entry.getKeyNode()), known);
            }
            if (nodes.put(name, entry.getValueNode()) != null) {
                throw error(line(entry.getKeyNode()), path(path, name) + " stands twice: keep one of them.");
            }
        }
        return nodes;
    }

    private Object value(String path, Setting setting, Node node) {
        if (setting.isSection()) {
            return section(path, node, (Record) setting.initial());
        }
        if (isEmpty(node)) {
            throw error(line(node), path + " has no value: write " + setting.expected() + ", or remove the line.");
        }
        Object value = ValueReader.read(setting, node)
                .orElseThrow(() ->
                        error(line(node), path + " must be " + setting.expected() + ", not " + shown(node) + "."));
        return setting.optional() ? Optional.of(value) : value;
    }

    private MendableException unknown(String path, String name, int line, List<String> known) {
        var where = path.isEmpty() ? "" : " in " + path;
        var hint = Suggestion.nearest(name, known)
                .map(word -> "did you mean " + word + "?")
                .orElse("known are " + String.join(", ", known) + ".");
        return error(line, "unknown key " + name + where + ": " + hint);
    }

    private MendableException error(int line, String message) {
        return new MendableException(file + ":" + line + ": " + message);
    }

    private static String path(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String shown(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return node instanceof MappingNode ? "keys" : "a list";
        }
        var text = scalar.getValue();
        return "\"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "\"";
    }
}
