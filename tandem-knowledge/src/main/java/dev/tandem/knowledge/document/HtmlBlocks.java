package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * HTML to blocks, from pages as from what Tika makes of other formats. Navigation, scripts and hidden elements are left
 * out. An element of class {@code page} or {@code slide-content} begins a page.
 */
final class HtmlBlocks {
    private static final String LEFT_OUT =
            "script, style, noscript, template, nav, svg, iframe, object, button, select, input, textarea, datalist,"
                    + " [aria-hidden=true]";

    private static final Set<String> BLOCK_LEVEL = Set.of(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "blockquote",
            "figure",
            "figcaption",
            "ul",
            "ol",
            "dl",
            "table",
            "pre",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "body",
            "details",
            "summary",
            "address",
            "hr",
            "center",
            "fieldset");

    private static final int DEEPEST = 400;

    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private final boolean pages;
    private int page;
    private int depth;

    private HtmlBlocks(boolean pages) {
        this.pages = pages;
    }

    /** A whole page, with its title, description and other named metadata. */
    static ParsedContent page(String html, Metadata declared) {
        var document = Jsoup.parse(html);
        var fields = new TreeMap<String, List<FieldValue>>();
        for (var meta : document.select("meta[name][content]")) {
            var content = meta.attr("content").strip();
            var name = meta.attr("name").toLowerCase(java.util.Locale.ROOT);
            if (!content.isEmpty()
                    && !name.matches("viewport|generator|robots|theme-color|referrer|format-detection")) {
                fields.put(name, List.of(FieldValue.parse(content)));
            }
        }
        if (!document.title().isBlank()) {
            fields.put("title", List.of(new FieldValue.Text(document.title().strip())));
        }
        var main = document.selectFirst("main, article, [role=main]");
        var blocks = blocks(
                main == null || main.text().length() < document.body().text().length() / 2 ? document.body() : main,
                false);
        return new ParsedContent(blocks, declared.orElse(new Metadata(fields)));
    }

    static List<Block> fragment(String html) {
        return blocks(Jsoup.parseBodyFragment(html).body(), false);
    }

    /** XHTML as Tika writes it, with pages where the format has them. */
    static List<Block> pages(String xhtml) {
        return blocks(Jsoup.parse(xhtml).body(), true);
    }

    private static List<Block> blocks(Element root, boolean pages) {
        root.select(LEFT_OUT).remove();
        var hidden = HiddenElements.remove(root);
        var reader = new HtmlBlocks(pages);
        reader.walk(root);
        reader.closeParagraph();
        hidden.forEach(text -> reader.blocks.add(new Block.Hidden(Tables.oneLine(text), 0)));
        return reader.blocks;
    }

    /** Deeper than any page goes, and shallow enough for the stack; what is below is read as text without structure. */
    private void walk(Element element) {
        if (depth > DEEPEST) {
            open.append(element.wholeText());
            return;
        }
        depth++;
        for (var node : element.childNodes()) {
            if (node instanceof TextNode text) {
                open.append(text.getWholeText());
            } else if (node instanceof Element child) {
                visit(child);
            }
        }
        depth--;
    }

    private void visit(Element element) {
        var name = element.normalName();
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                closeParagraph();
                var text = oneLine(element.text());
                if (!text.isEmpty()) {
                    blocks.add(new Block.Heading(name.charAt(1) - '0', text, page));
                }
            }
            case "ul", "ol" -> {
                closeParagraph();
                var items = new ArrayList<String>();
                items(element, "", items);
                if (!items.isEmpty()) {
                    blocks.add(new Block.ItemList(name.equals("ol"), items, page));
                }
            }
            case "dl" -> {
                closeParagraph();
                definitions(element);
            }
            case "table" -> {
                closeParagraph();
                table(element);
            }
            case "pre" -> {
                closeParagraph();
                var text = element.wholeText();
                if (!text.isBlank()) {
                    blocks.add(new Block.Code(language(element), text.stripTrailing(), page));
                }
            }
            case "br" -> open.append('\n');
            default -> {
                boolean block = BLOCK_LEVEL.contains(name);
                if (block) {
                    closeParagraph();
                }
                if (pages && (element.hasClass("page") || element.hasClass("slide-content"))) {
                    page++;
                }
                walk(element);
                if (block) {
                    closeParagraph();
                }
            }
        }
    }

    /** As the common highlighters mark it. */
    private static Optional<String> language(Element pre) {
        for (var marked : pre.select("[class]")) {
            for (var name : marked.classNames()) {
                if (name.startsWith("language-") || name.startsWith("lang-")) {
                    return Optional.of(name.substring(name.indexOf('-') + 1));
                }
            }
        }
        return Optional.empty();
    }

    private void closeParagraph() {
        var lines = new ArrayList<String>();
        for (var line : open.toString().split("\n", -1)) {
            var text = oneLine(line);
            if (!text.isEmpty()) {
                lines.add(text);
            }
        }
        open.setLength(0);
        if (!lines.isEmpty()) {
            blocks.add(new Block.Paragraph(String.join("\n", lines), page));
        }
    }

    private static void items(Element list, String indent, List<String> items) {
        for (var item : list.children()) {
            if (item.normalName().equals("ul") || item.normalName().equals("ol")) {
                items(item, indent + "  ", items);
                continue;
            }
            var text = new StringBuilder();
            for (Node node : item.childNodes()) {
                boolean nested = node instanceof Element child
                        && (child.normalName().equals("ul")
                                || child.normalName().equals("ol"));
                if (node instanceof TextNode words) {
                    text.append(words.getWholeText());
                } else if (node instanceof Element child && !nested) {
                    text.append(' ').append(child.text()).append(' ');
                }
            }
            var line = oneLine(text.toString());
            if (!line.isEmpty()) {
                items.add(indent + line);
            }
            for (var child : item.children()) {
                if (child.normalName().equals("ul") || child.normalName().equals("ol")) {
                    items(child, indent + "  ", items);
                }
            }
        }
    }

    private void definitions(Element list) {
        var term = "";
        for (var child : list.children()) {
            switch (child.normalName()) {
                case "dt" -> {
                    if (!term.isEmpty()) {
                        blocks.add(new Block.Paragraph(term, page));
                    }
                    term = oneLine(child.text());
                }
                case "dd" -> {
                    var text = oneLine(child.text());
                    blocks.add(new Block.Paragraph(term.isEmpty() ? text : term + ": " + text, page));
                    term = "";
                }
                default -> visit(child);
            }
        }
        if (!term.isEmpty()) {
            blocks.add(new Block.Paragraph(term, page));
        }
    }

    private void table(Element table) {
        var header = new ArrayList<String>();
        var rows = new ArrayList<List<String>>();
        for (var row : table.select("tr")) {
            if (!table.equals(row.closest("table"))) {
                continue; // a table within a cell is that cell's text
            }
            var cells = row.select("> td, > th");
            if (cells.size() == 1 && table.select("tr").size() == 1) {
                walk(cells.getFirst()); // a frame around content
                return;
            }
            boolean names = cells.stream().allMatch(cell -> cell.normalName().equals("th"));
            var texts = new ArrayList<String>();
            for (var cell : cells) {
                var text = oneLine(cell.text());
                texts.add(text);
                for (int i = 1; i < Math.min(100, WordBlocks.number(cell.attr("colspan"), 1)); i++) {
                    texts.add(names ? text : "");
                }
            }
            if (texts.stream().allMatch(String::isEmpty)) {
                continue;
            }
            if (header.isEmpty() && rows.isEmpty() && names) {
                header.addAll(texts);
            } else {
                rows.add(texts);
            }
        }
        // Office tables mark no header.
        if (header.isEmpty() && rows.size() > 1 && Tables.namesColumns(rows.getFirst())) {
            header.addAll(rows.removeFirst());
        }
        var caption = table.selectFirst("> caption");
        if (caption != null && !caption.text().isBlank()) {
            blocks.add(new Block.Paragraph(oneLine(caption.text()), page));
        }
        if (!rows.isEmpty() || !header.isEmpty()) {
            blocks.add(new Block.Table(header, rows, page));
        }
    }

    private static String oneLine(String text) {
        return Tables.oneLine(text);
    }
}
