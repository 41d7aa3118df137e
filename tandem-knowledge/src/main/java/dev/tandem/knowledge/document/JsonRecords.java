package dev.tandem.knowledge.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** JSON: an array of objects is a table, one row a record, nested fields under dotted names; anything else a record. */
final class JsonRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonRecords() {}

    static List<Block> document(String text) throws UnreadableException {
        var tree = tree(text, 1);
        if (tree.isArray() && !tree.isEmpty() && tree.get(0).isObject()) {
            var records = new ArrayList<JsonNode>();
            tree.forEach(records::add);
            return List.of(table(records));
        }
        if (tree.isObject() && tree.size() == 1 && tree.elements().next().isArray()) {
            var name = tree.fieldNames().next();
            var blocks = new ArrayList<Block>();
            blocks.add(new Block.Heading(2, name, 0));
            blocks.addAll(document(tree.get(name).toString()));
            return blocks;
        }
        return List.of(new Block.Table(List.of(), rows(tree), 0));
    }

    static List<Block> lines(String text) throws UnreadableException {
        var records = new ArrayList<JsonNode>();
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                records.add(tree(line, number));
            }
        }
        return records.isEmpty() ? List.of() : List.of(table(records));
    }

    private static JsonNode tree(String text, int line) throws UnreadableException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            int at = e.getLocation() == null ? line : line + e.getLocation().getLineNr() - 1;
            throw new UnreadableException("is not valid JSON at line " + at + ": " + e.getOriginalMessage());
        }
    }

    private static Block table(List<JsonNode> records) {
        var names = new LinkedHashSet<String>();
        var cells = new ArrayList<Map<String, String>>();
        for (var record : records) {
            var row = new LinkedHashMap<String, String>();
            flatten("", record, row);
            names.addAll(row.keySet());
            cells.add(row);
        }
        var header = List.copyOf(names);
        return new Block.Table(
                header,
                cells.stream()
                        .map(row -> header.stream()
                                .map(name -> row.getOrDefault(name, ""))
                                .toList())
                        .toList(),
                0);
    }

    /** One field a row. */
    private static List<List<String>> rows(JsonNode tree) {
        var row = new LinkedHashMap<String, String>();
        flatten("", tree, row);
        return row.entrySet().stream()
                .map(entry -> List.of(entry.getKey() + ": " + entry.getValue()))
                .toList();
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> row) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(), entry.getValue(), row));
        } else if (node.isArray() && node.valueStream().noneMatch(JsonNode::isContainerNode)) {
            row.put(
                    prefix,
                    String.join(", ", node.valueStream().map(JsonNode::asText).toList()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(prefix + "[" + (i + 1) + "]", node.get(i), row);
            }
        } else if (!node.isNull()) {
            row.put(prefix.isEmpty() ? "value" : prefix, node.asText());
        }
    }
}
