package dev.tandem.knowledge.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * Word's .docx to blocks: headings by style or outline level, with the numbers that Word writes before them; lists by
 * their numbering; tables with merged cells; text boxes and footnotes. Deleted and hidden text and the table of contents
 * are left out.
 *
 * <p>Source: ECMA-376 part 1, WordprocessingML. Not safe for threads.
 */
final class WordBlocks {
    private final WordStyles styles;
    private final WordNumbering numbering;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> items = new ArrayList<>();
    private boolean numbered;
    private boolean ordered;
    private final List<String> code = new ArrayList<>();

    private WordBlocks(ZipParts parts) throws IOException, UnreadableException {
        styles = new WordStyles(parts.xml("word/styles.xml"));
        numbering = new WordNumbering(parts.xml("word/numbering.xml"));
    }

    /** In half points: smaller is not read by anybody. */
    private static final int SMALLEST_SIZE = 4;

    static List<Block> of(ZipParts parts) throws IOException, UnreadableException {
        var reader = new WordBlocks(parts);
        var body = parts.required(mainPart(parts)).selectFirst("w|body");
        if (body != null) {
            reader.walk(body);
            reader.blocks.addAll(hidden(body));
        }
        var notes = parts.xml("word/footnotes.xml");
        if (notes.isPresent()) {
            for (var note : notes.get().select("w|footnote")) {
                if (!note.hasAttr("w:type")) {
                    reader.walk(note);
                }
            }
        }
        reader.closeOpen();
        return reader.blocks;
    }

    private static String mainPart(ZipParts parts) throws IOException, UnreadableException {
        var relations = parts.xml("_rels/.rels");
        var main = relations.map(tree -> tree.selectFirst("Relationship[Type$=/officeDocument]"));
        return main.map(relation -> relation.attr("Target").replaceFirst("^/", ""))
                .orElse("word/document.xml");
    }

    private void walk(Element parent) {
        for (var child : parent.children()) {
            switch (child.tagName()) {
                case "w:p" -> paragraph(child);
                case "w:tbl" -> table(child);
                case "w:sdt" -> {
                    if (!isTableOfContents(child)) {
                        walk(child);
                    }
                }
                case "mc:Fallback", "w:del", "w:moveFrom", "w:sectPr", "w:sdtPr" -> {}
                default -> walk(child);
            }
        }
    }

    private static boolean isTableOfContents(Element content) {
        var gallery = content.selectFirst("w|sdtPr w|docPartGallery");
        return gallery != null && gallery.attr("w:val").startsWith("Table of");
    }

    private void paragraph(Element paragraph) {
        var style = styles.of(paragraph);
        var boxes = new ArrayList<Element>();
        var text = text(paragraph, boxes);
        if (!text.isBlank() && !style.contents()) {
            var number = numbering.of(paragraph, style);
            if (style.level() > 0) {
                closeOpen();
                var heading = Tables.oneLine(text);
                blocks.add(new Block.Heading(
                        style.level(),
                        number.map(place -> place.label() + heading).orElse(heading),
                        0));
            } else if (style.code()) {
                closeList();
                code.add(text);
            } else if (number.isPresent()) {
                item(number.get(), Tables.oneLine(text));
            } else {
                closeOpen();
                blocks.add(new Block.Paragraph(lines(text), 0));
            }
        }
        if (!boxes.isEmpty()) {
            closeOpen();
            boxes.forEach(this::walk);
            closeOpen();
        }
    }

    /** A list that goes on counting after other text is shown with bullets before its own numbers. */
    private void item(WordNumbering.Place place, String text) {
        closeCode();
        if (place.depth() == 0 && !items.isEmpty() && numbered != place.ordered()) {
            closeList();
        }
        if (items.isEmpty()) {
            numbered = place.ordered();
            ordered = numbered && (place.label().isEmpty() || place.label().startsWith("1"));
        }
        boolean goesOn = numbered && !ordered && place.depth() == 0;
        items.add("  ".repeat(place.depth()) + (goesOn ? place.label() : "") + text);
    }

    private void closeOpen() {
        closeList();
        closeCode();
    }

    private void closeList() {
        if (!items.isEmpty()) {
            blocks.add(new Block.ItemList(ordered, items, 0));
            items.clear();
        }
    }

    private void closeCode() {
        if (!code.isEmpty()) {
            blocks.add(new Block.Code(Optional.empty(), String.join("\n", code), 0));
            code.clear();
        }
    }

    private static String lines(String text) {
        return String.join(
                "\n",
                text.lines()
                        .map(Tables::oneLine)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    /** The text of a paragraph; the text boxes that hang on it are put aside, because they stand elsewhere on the page. */
    private static String text(Element paragraph, List<Element> boxes) {
        var text = new StringBuilder();
        collect(paragraph, text, boxes);
        return text.toString();
    }

    private static void collect(Element parent, StringBuilder text, List<Element> boxes) {
        for (var child : parent.children()) {
            switch (child.tagName()) {
                case "w:t", "m:t" -> text.append(child.wholeText());
                case "w:tab", "w:ptab" -> text.append('\t');
                case "w:br", "w:cr" -> text.append('\n');
                case "w:noBreakHyphen" -> text.append('-');
                case "w:txbxContent" -> boxes.add(child);
                case "mc:Fallback", "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:sdtPr" -> {}
                case "w:r" -> {
                    if (!isHidden(child)) {
                        collect(child, text, boxes);
                    }
                }
                default -> collect(child, text, boxes);
            }
        }
    }

    /** Hidden by Word's own mark, white on the page's white, or too small to be read. */
    private static boolean isHidden(Element run) {
        var hidden = run.selectFirst("> w|rPr > w|vanish");
        if (hidden != null && !hidden.attr("w:val").matches("0|false|off")) {
            return true;
        }
        var size = run.selectFirst("> w|rPr > w|sz");
        if (size != null && number(size.attr("w:val"), SMALLEST_SIZE) < SMALLEST_SIZE) {
            return true;
        }
        var colour = run.selectFirst("> w|rPr > w|color");
        return colour != null
                && colour.attr("w:val").equalsIgnoreCase("FFFFFF")
                && run.selectFirst("> w|rPr > w|highlight, > w|rPr > w|shd") == null
                // Boxes, cells and shaded paragraphs may have any ground.
                && run.closest("w|txbxContent, w|tbl") == null
                && run.closest("w|p:has(> w|pPr > w|shd), w|p:has(> w|pPr > w|pStyle)") == null;
    }

    /** What is hidden in the whole of a part. */
    private static List<Block> hidden(Element part) {
        return part.select("w|r").stream()
                .filter(WordBlocks::isHidden)
                .map(run -> run.select("> w|t").stream()
                        .map(Element::wholeText)
                        .collect(java.util.stream.Collectors.joining()))
                .filter(text -> !text.isBlank())
                .<Block>map(text -> new Block.Hidden(text, 0))
                .toList();
    }

    private void table(Element table) {
        closeOpen();
        var rows = table.select("> w|tr, > w|sdt > w|sdtContent > w|tr");
        if (rows.size() == 1 && cells(rows.getFirst()).size() == 1) {
            walk(cells(rows.getFirst()).getFirst()); // a frame around text
            closeOpen();
            return;
        }
        var texts = new ArrayList<List<String>>();
        boolean marked = false;
        for (var row : rows) {
            boolean header = texts.isEmpty() && row.selectFirst("> w|trPr > w|tblHeader") != null;
            marked |= header;
            texts.add(row(row, texts.isEmpty() ? List.of() : texts.getLast(), texts.isEmpty()));
        }
        if (marked && texts.size() > 1) {
            blocks.add(new Block.Table(texts.getFirst(), texts.subList(1, texts.size()), 0));
        } else {
            Tables.of(texts, 0).ifPresent(blocks::add);
        }
    }

    private static List<Element> cells(Element row) {
        return row.select("> w|tc, > w|sdt > w|sdtContent > w|tc");
    }

    /** A cell that goes on from the row above repeats its text, so that each row can be read alone. */
    private static List<String> row(Element row, List<String> above, boolean first) {
        var texts = new ArrayList<String>();
        for (var cell : cells(row)) {
            var merged = cell.selectFirst("> w|tcPr > w|vMerge");
            boolean goesOn = merged != null && !merged.attr("w:val").equals("restart");
            var text = goesOn && texts.size() < above.size() ? above.get(texts.size()) : cellText(cell);
            texts.add(text);
            var span = cell.selectFirst("> w|tcPr > w|gridSpan");
            int columns = span == null ? 1 : number(span.attr("w:val"), 1);
            for (int i = 1; i < Math.min(columns, 100); i++) {
                texts.add(first ? text : "");
            }
        }
        return texts;
    }

    private static String cellText(Element cell) {
        var text = new StringBuilder();
        for (var paragraph : cell.select("w|p")) {
            var boxes = new ArrayList<Element>();
            text.append(text(paragraph, boxes)).append(' ');
        }
        return Tables.oneLine(text.toString());
    }

    static int number(String written, int otherwise) {
        return written.matches("\\d{1,6}") ? Integer.parseInt(written) : otherwise;
    }
}
