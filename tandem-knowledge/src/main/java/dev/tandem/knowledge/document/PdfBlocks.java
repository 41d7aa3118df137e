package dev.tandem.knowledge.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/**
 * The lines of a PDF to blocks: paragraphs with their lines joined and their hyphens mended; as headings the lines that
 * the bookmarks name, and the short ones that are set larger than the body, or as large but bold; lists by their marks.
 * What stands at the edge of page after page, and page numbers, are left out. Not safe for threads.
 */
final class PdfBlocks {
    private static final double LARGER = 1.12;
    private static final int LONGEST_HEADING = 120;

    /** A line shorter than this, before one that begins with a capital, was meant to end: an address, a table's row. */
    private static final int WRAPPED = 45;

    /** The share of a page's height at its top and at its bottom where running titles stand. */
    private static final double EDGE = 0.1;

    private static final int MOST_BOOKMARKS = 10_000;
    private static final Pattern BULLET = Pattern.compile("[•●▪■◦○‣⁃–∙·\\uf0b7\\uf0a7]\\s*(\\S.*)");
    private static final Pattern NUMBERED = Pattern.compile("\\(?\\d{1,2}[.)]\\s+(\\S.*)");
    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "(?i)(page |seite |p\\. ?)?[-–—]?\\s*(\\d{1,4}|[ivxl]{1,6})\\s*[-–—]?( ?(of|/|von) ?\\d{1,4})?");

    private final List<PdfLine> lines;
    private final Map<String, Integer> bookmarks;
    private final List<Double> headingSizes;
    private final double body;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();
    private final List<String> items = new ArrayList<>();
    private final List<String> code = new ArrayList<>();
    private boolean ordered;
    private int page;

    private PdfBlocks(List<PdfLine> lines, Map<String, Integer> bookmarks) {
        this.lines = lines;
        this.bookmarks = bookmarks;
        body = bodySize(lines);
        headingSizes = lines.stream()
                .filter(line -> line.size() > body * LARGER)
                .map(PdfLine::size)
                .distinct()
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
    }

    static List<Block> of(PDDocument document, int characters) throws IOException, UnreadableException {
        var lines = new PdfText(characters).lines(document);
        var bookmarks = new HashMap<String, Integer>();
        var outline = document.getDocumentCatalog().getDocumentOutline();
        if (outline != null) {
            collect(outline, 1, bookmarks, new HashSet<>());
        }
        var reader = new PdfBlocks(withoutRunningTitles(lines), bookmarks);
        reader.read();
        return reader.blocks;
    }

    /** A damaged outline may point back at itself. */
    private static void collect(PDOutlineNode parent, int level, Map<String, Integer> bookmarks, Set<Object> visited) {
        for (var item = parent.getFirstChild(); item != null; item = item.getNextSibling()) {
            if (visited.size() > MOST_BOOKMARKS || level > 6 || !visited.add(item.getCOSObject())) {
                return;
            }
            if (item.getTitle() != null) {
                bookmarks.putIfAbsent(key(item.getTitle()), level);
            }
            collect(item, level + 1, bookmarks, visited);
        }
    }

    private static String key(String title) {
        return title.replaceAll("[^\\p{L}\\p{N}]+", "").toLowerCase(Locale.ROOT);
    }

    private static List<PdfLine> withoutRunningTitles(List<PdfLine> lines) {
        int pages = lines.isEmpty() ? 0 : lines.getLast().page();
        var pagesByText = new HashMap<String, Set<Integer>>();
        for (var line : lines) {
            if (isAtEdge(line)) {
                pagesByText
                        .computeIfAbsent(pattern(line), key -> new HashSet<>())
                        .add(line.page());
            }
        }
        var kept = lines.stream()
                .filter(line -> !isAtEdge(line)
                        || pagesByText.getOrDefault(pattern(line), Set.of()).size() < Math.max(3, pages * 0.3)
                                && !(pages > 1
                                        && PAGE_NUMBER.matcher(line.text()).matches()))
                .toList();
        return kept.isEmpty() ? lines : kept;
    }

    private static boolean isAtEdge(PdfLine line) {
        return line.height() < EDGE || line.height() > 1 - EDGE;
    }

    private static String pattern(PdfLine line) {
        return line.text().replaceAll("\\d+", "#");
    }

    private void read() {
        for (var line : lines) {
            int level = headingLevel(line);
            if (level > 0) {
                closeAll();
                heading(level, line);
            } else if (line.monospaced()) {
                closeParagraph();
                closeList();
                page = code.isEmpty() ? line.page() : page;
                code.add(line.text());
            } else {
                text(line);
            }
        }
        closeAll();
    }

    private void text(PdfLine line) {
        closeCode();
        var bullet = BULLET.matcher(line.text());
        var number = NUMBERED.matcher(line.text());
        boolean isBullet = bullet.matches();
        boolean isNumber = !isBullet && number.matches();
        if (isBullet || isNumber) {
            closeParagraph();
            if (!items.isEmpty() && ordered != isNumber) {
                closeList();
            }
            page = items.isEmpty() ? line.page() : page;
            ordered = isNumber;
            items.add(isBullet ? bullet.group(1) : line.text());
            return;
        }
        if (!items.isEmpty()) {
            // The list's last item goes on, unless the line is set apart from it.
            if (!line.startsParagraph() && items.getLast().length() > WRAPPED) {
                items.set(items.size() - 1, joined(items.getLast(), line.text()));
                return;
            }
            closeList();
        }
        boolean newPage = line.page() != page && endsSentence(paragraph);
        if (line.startsParagraph() && (line.page() == page || endsSentence(paragraph)) || newPage) {
            closeParagraph();
        }
        if (paragraph.isEmpty()) {
            page = line.page();
            paragraph.append(line.text());
        } else {
            var whole = joined(paragraph.toString(), line.text());
            paragraph.setLength(0);
            paragraph.append(whole);
        }
    }

    /** From 1, or 0 for a line that is no heading. */
    private int headingLevel(PdfLine line) {
        if (line.text().length() > LONGEST_HEADING
                || !line.hasLetter()
                || BULLET.matcher(line.text()).matches()) {
            return 0;
        }
        var bookmark = bookmarks.get(key(line.text()));
        if (bookmark != null && (line.bold() || line.size() >= body)) {
            return bookmark;
        }
        if (line.size() > body * LARGER) {
            return Math.min(6, headingSizes.indexOf(line.size()) + 1);
        }
        return line.bold() && !line.monospaced() && line.startsParagraph() && !line.endsSentence()
                ? Math.min(6, headingSizes.size() + 1)
                : 0;
    }

    /** A heading that was broken over two lines is one. */
    private void heading(int level, PdfLine line) {
        if (!line.startsParagraph()
                && !blocks.isEmpty()
                && blocks.getLast() instanceof Block.Heading before
                && before.level() == level
                && before.page() == line.page()
                && before.text().length() + line.text().length() < LONGEST_HEADING) {
            blocks.set(blocks.size() - 1, new Block.Heading(level, before.text() + " " + line.text(), before.page()));
        } else {
            blocks.add(new Block.Heading(level, line.text(), line.page()));
        }
    }

    private void closeAll() {
        closeParagraph();
        closeList();
        closeCode();
    }

    private void closeParagraph() {
        if (!paragraph.isEmpty()) {
            blocks.add(new Block.Paragraph(paragraph.toString(), page));
            paragraph.setLength(0);
        }
    }

    /** A numbered line alone, and a list that begins elsewhere than at one, are clauses that keep their numbers. */
    private void closeList() {
        if (ordered
                && !items.isEmpty()
                && (items.size() == 1 || !items.getFirst().matches("\\(?1\\D.*"))) {
            items.forEach(item -> blocks.add(new Block.Paragraph(item, page)));
        } else if (!items.isEmpty()) {
            var texts = ordered
                    ? items.stream()
                            .map(item -> NUMBERED.matcher(item).replaceFirst("$1"))
                            .toList()
                    : items;
            blocks.add(new Block.ItemList(ordered, texts, page));
        }
        items.clear();
    }

    private void closeCode() {
        if (!code.isEmpty()) {
            blocks.add(new Block.Code(Optional.empty(), String.join("\n", code), page));
            code.clear();
        }
    }

    private static String joined(String before, String line) {
        int length = before.length();
        boolean hyphenated = length > 1
                && before.charAt(length - 1) == '-'
                && Character.isLetter(before.charAt(length - 2))
                && Character.isLowerCase(line.charAt(0));
        if (hyphenated) {
            return before.substring(0, length - 1) + line;
        }
        boolean wrapped = length - before.lastIndexOf('\n') > WRAPPED || Character.isLowerCase(line.charAt(0));
        return before + (wrapped ? " " : "\n") + line;
    }

    private static boolean endsSentence(StringBuilder text) {
        return !text.isEmpty() && ".!?:;,".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    /** The size in which most characters are set. */
    private static double bodySize(List<PdfLine> lines) {
        var counts = new HashMap<Double, Integer>();
        lines.forEach(line -> counts.merge(line.size(), line.text().length(), Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0.0);
    }
}
