package dev.tandem.knowledge.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * OpenDocument texts, presentations and spreadsheets to blocks. A slide is a page and its title a heading; a sheet's name
 * is a heading. Comments, tracked deletions and generated indexes are left out.
 *
 * <p>Source: OASIS OpenDocument 1.3 part 3. Not safe for threads.
 */
final class OpenDocumentBlocks {
    private static final Set<String> LEFT_OUT = Set.of(
            "text:tracked-changes",
            "office:annotation",
            "text:table-of-content",
            "text:alphabetical-index",
            "text:sequence-decls",
            "text:note-citation",
            "office:forms",
            "presentation:date-time",
            "presentation:footer",
            "style:header",
            "style:footer",
            "svg:title",
            "svg:desc");

    private static final int MOST_REPEATED = 256;

    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> numbered = new HashSet<>();
    private final Map<String, String> parents = new HashMap<>();
    private final List<Element> aside = new ArrayList<>();
    private int page;

    private OpenDocumentBlocks() {}

    static List<Block> of(ZipParts parts) throws IOException, UnreadableException {
        var manifest = parts.xml("META-INF/manifest.xml");
        if (manifest.isPresent() && manifest.get().selectFirst("manifest|encryption-data") != null) {
            throw new UnreadableException(UnreadableException.ENCRYPTED);
        }
        var reader = new OpenDocumentBlocks();
        parts.xml("styles.xml").ifPresent(reader::styles);
        var content = parts.required("content.xml");
        reader.styles(content);
        var body = content.selectFirst("office|body");
        if (body != null) {
            reader.walk(body);
        }
        return reader.blocks;
    }

    private void styles(Element tree) {
        for (var list : tree.select("text|list-style")) {
            var first = list.selectFirst("> [text:level=1]");
            if (first != null && first.tagName().equals("text:list-level-style-number")) {
                numbered.add(list.attr("style:name"));
            }
        }
        for (var style : tree.select("style|style[style:parent-style-name]")) {
            parents.put(style.attr("style:name"), style.attr("style:parent-style-name"));
        }
    }

    private void walk(Element parent) {
        for (var child : parent.children()) {
            if (!LEFT_OUT.contains(child.tagName())) {
                visit(child);
            }
        }
    }

    private void visit(Element element) {
        switch (element.tagName()) {
            case "text:h" -> heading(WordBlocks.number(element.attr("text:outline-level"), 1), text(element));
            case "text:p" -> paragraph(element);
            case "text:list" -> list(element);
            case "table:table" -> {
                if (element.parent() != null && element.parent().tagName().equals("office:spreadsheet")) {
                    sheet(element);
                } else {
                    Tables.of(rows(element), page).ifPresent(this::addTable);
                }
            }
            case "draw:page" -> {
                page++;
                var title = element.selectFirst("[presentation:class=title]");
                if (title != null) {
                    heading(1, text(title));
                    title.remove();
                }
                walk(element);
            }
            default -> walk(element);
        }
    }

    private void heading(int level, String text) {
        var line = Tables.oneLine(text);
        if (!line.isEmpty()) {
            blocks.add(new Block.Heading(Math.clamp(level, 1, 9), line, page));
        }
    }

    private void paragraph(Element paragraph) {
        var text = text(paragraph).strip();
        var style = paragraph.attr("text:style-name");
        var parent = parents.getOrDefault(style, style);
        if (style.equals("Title") || parent.equals("Title")) {
            heading(1, text);
        } else if (parent.equals("Preformatted_20_Text")) {
            code(text(paragraph));
        } else if (!text.isEmpty()) {
            blocks.add(new Block.Paragraph(text, page));
        }
        walkAside();
    }

    private void code(String line) {
        if (!blocks.isEmpty() && blocks.getLast() instanceof Block.Code before) {
            blocks.set(blocks.size() - 1, new Block.Code(Optional.empty(), before.text() + "\n" + line, before.page()));
        } else {
            blocks.add(new Block.Code(Optional.empty(), line, page));
        }
    }

    /** Text boxes and notes, behind the paragraph that they hang on. */
    private void walkAside() {
        var boxes = List.copyOf(aside);
        aside.clear();
        boxes.forEach(this::walk);
    }

    /** A list that holds a heading only numbers it. */
    private void list(Element list) {
        if (list.selectFirst("text|h") != null) {
            walk(list);
            return;
        }
        var items = new ArrayList<String>();
        items(list, 0, items);
        if (!items.isEmpty()) {
            blocks.add(new Block.ItemList(numbered.contains(list.attr("text:style-name")), items, page));
        }
        walkAside();
    }

    private void items(Element list, int depth, List<String> items) {
        for (var item : list.children()) {
            var text = new StringBuilder();
            for (var child : item.children()) {
                if (child.tagName().equals("text:list")) {
                    addItem(text, depth, items);
                    items(child, depth + 1, items);
                } else {
                    text.append(text(child)).append(' ');
                }
            }
            addItem(text, depth, items);
        }
    }

    private static void addItem(StringBuilder text, int depth, List<String> items) {
        var line = Tables.oneLine(text.toString());
        if (!line.isEmpty()) {
            items.add("  ".repeat(Math.min(depth, 8)) + line);
        }
        text.setLength(0);
    }

    private void sheet(Element sheet) {
        var regions = new SheetRegions(sheet.attr("table:name"));
        int number = 0;
        for (var row : sheet.select("table|table-row")) {
            int repeated = WordBlocks.number(row.attr("table:number-rows-repeated"), 1);
            var cells = cells(row);
            for (int i = 0; i < Math.min(repeated, MOST_REPEATED) && !cells.isEmpty(); i++) {
                for (int column = 0; column < cells.size(); column++) {
                    regions.cell(number + i, column, cells.get(column));
                }
            }
            number += repeated;
        }
        blocks.addAll(regions.blocks());
    }

    private List<List<String>> rows(Element table) {
        var rows = new ArrayList<List<String>>();
        for (var row : table.select("table|table-row")) {
            if (table.equals(row.closest("table|table"))) {
                rows.add(cells(row));
            }
        }
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        rows.forEach(row -> {
            while (row.size() < width) {
                row.add("");
            }
        });
        return rows;
    }

    private void addTable(Block table) {
        blocks.add(table);
        aside.clear();
    }

    /** Without the empty cells at the end, of which a sheet may have a million. */
    private List<String> cells(Element row) {
        var cells = new ArrayList<String>();
        int empty = 0;
        for (var cell : row.select("> table|table-cell, > table|covered-table-cell")) {
            int repeated = WordBlocks.number(cell.attr("table:number-columns-repeated"), 1);
            var text = Tables.oneLine(text(cell));
            if (text.isEmpty()) {
                empty += repeated;
                continue;
            }
            for (; empty > 0 && cells.size() < MOST_REPEATED; empty--) {
                cells.add("");
            }
            for (int i = 0; i < Math.min(repeated, MOST_REPEATED); i++) {
                cells.add(text);
            }
        }
        return cells;
    }

    private String text(Element element) {
        var text = new StringBuilder();
        collect(element, text);
        return text.toString();
    }

    private void collect(Element element, StringBuilder text) {
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode words) {
                text.append(words.getWholeText());
            } else if (node instanceof Element child && !LEFT_OUT.contains(child.tagName())) {
                switch (child.tagName()) {
                    case "text:s" ->
                        text.repeat(' ', Math.min(MOST_REPEATED, WordBlocks.number(child.attr("text:c"), 1)));
                    case "text:tab" -> text.append('\t');
                    case "text:line-break" -> text.append('\n');
                    case "text:note", "draw:frame", "draw:custom-shape" -> {
                        if (element.tagName().equals("text:p")) {
                            aside.add(child);
                        } else {
                            collect(child, text);
                        }
                    }
                    default -> {
                        collect(child, text);
                        if (child.tagName().equals("text:p") || child.tagName().equals("text:h")) {
                            text.append(' ');
                        }
                    }
                }
            }
        }
    }
}
