package dev.tandem.workspace.settings;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
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
 * A file of keys as nodes that know their lines, so that errors name them; nothing in it can name a class.
 *
 * @param file the name that errors call it by
 */
record YamlText(String file) {
    /** A file's text. */
    static String of(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new MendableException(file + " is not UTF-8 text: save it in that encoding.", e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read " + file + " (" + e.getMessage() + "): check that it is a file you may read.", e);
        }
    }

    /** Its root; empty if there is nothing in it. */
    Optional<Node> compose(String yaml) {
        try {
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

    /** Values by key, in their order; every key is known and there once. */
    Map<String, Node> entries(String path, MappingNode mapping, Collection<String> known) {
        var nodes = new LinkedHashMap<String, Node>();
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

    private MendableException unknown(String path, String name, int line, Collection<String> known) {
        var where = path.isEmpty() ? "" : " in " + path;
        var hint = Suggestion.nearest(name, known)
                .map(word -> "did you mean " + word + "?")
                .orElse("known are " + String.join(", ", known) + ".");
        return error(line, "unknown key " + name + where + ": " + hint);
    }

    MendableException error(int line, String message) {
        return new MendableException(file + ":" + line + ": " + message);
    }

    static String path(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    static String shown(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return node instanceof MappingNode ? "keys" : "a list";
        }
        var text = scalar.getValue();
        return "\"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "\"";
    }
}
