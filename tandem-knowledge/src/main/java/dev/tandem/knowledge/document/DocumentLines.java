package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;

/** A document's content as lines of text, each block parted from the next by an empty one. */
final class DocumentLines {
    private DocumentLines() {}

    static List<String> of(Document document) {
        var lines = new ArrayList<String>();
        for (var block : document.blocks()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(lines(block));
        }
        return List.copyOf(lines);
    }

    private static List<String> lines(Block block) {
        return switch (block) {
            case Block.Heading heading ->
                List.of("#".repeat(Math.max(1, heading.level())) + " " + oneLine(heading.text()));
            case Block.Paragraph paragraph -> paragraph.text().lines().toList();
            case Block.ItemList list ->
                list.items().stream()
                        .map(item -> {
                            var indent = item.substring(
                                    0, item.length() - item.stripLeading().length());
                            return indent + "- " + oneLine(item);
                        })
                        .toList();
            case Block.Table table -> rows(table);
            case Block.Code code -> code.text().lines().toList();
            case Block.Hidden hidden -> List.of();
        };
    }

    private static List<String> rows(Block.Table table) {
        var rows = new ArrayList<String>();
        if (!table.header().isEmpty()) {
            rows.add(row(table.header()));
        }
        table.rows().forEach(row -> rows.add(row(row)));
        return rows;
    }

    private static String row(List<String> cells) {
        return String.join(" | ", cells.stream().map(DocumentLines::oneLine).toList());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
