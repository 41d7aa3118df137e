package dev.tandem.knowledge.document;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * The text of a PDF by page: paragraphs with their lines joined and their hyphens mended, and as headings the short lines
 * that are set larger than the body, or as large but bold.
 */
final class PdfText extends PDFTextStripper {
    private static final double LARGER = 1.12;
    private static final int LONGEST_HEADING = 120;

    /** A line shorter than this, before one that begins with a capital, was meant to end: an address, a table's row. */
    private static final int WRAPPED = 45;

    private final List<Line> lines = new ArrayList<>();
    private StringBuilder text = new StringBuilder();
    private double sizes;
    private int characters;
    private int bold;
    private boolean paragraphStarts = true;

    private record Line(String text, double size, boolean bold, boolean startsParagraph, int page) {}

    PdfText() {
        setSortByPosition(false);
        setSuppressDuplicateOverlappingText(true);
    }

    /** Reads a document's blocks. */
    List<Block> blocks(PDDocument document) throws IOException {
        writeText(document, Writer.nullWriter());
        endLine();
        double body = bodySize();
        var headingSizes = lines.stream()
                .filter(line -> line.size() > body * LARGER)
                .map(Line::size)
                .distinct()
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
        var blocks = new ArrayList<Block>();
        var paragraph = new StringBuilder();
        int page = 0;
        for (var line : lines) {
            boolean larger = line.size() > body * LARGER;
            boolean heading = (larger || line.bold() && line.startsParagraph() && !endsSentence(line.text()))
                    && line.text().length() <= LONGEST_HEADING
                    && line.text().chars().anyMatch(Character::isLetter);
            if (heading || line.startsParagraph() || line.page() != page && endsSentence(paragraph.toString())) {
                flush(paragraph, page, blocks);
            }
            if (paragraph.isEmpty()) {
                page = line.page();
            }
            if (heading) {
                int level = larger
                        ? Math.min(6, headingSizes.indexOf(line.size()) + 1)
                        : Math.min(6, headingSizes.size() + 1);
                addHeading(level, line, blocks);
            } else {
                join(paragraph, line.text());
            }
        }
        flush(paragraph, page, blocks);
        return blocks;
    }

    /** A heading that was broken over two lines is one. */
    private static void addHeading(int level, Line line, List<Block> blocks) {
        if (!line.startsParagraph()
                && !blocks.isEmpty()
                && blocks.getLast() instanceof Block.Heading before
                && before.level() == level
                && before.page() == line.page()) {
            blocks.set(blocks.size() - 1, new Block.Heading(level, before.text() + " " + line.text(), before.page()));
        } else {
            blocks.add(new Block.Heading(level, line.text(), line.page()));
        }
    }

    private static void flush(StringBuilder paragraph, int page, List<Block> blocks) {
        if (!paragraph.isEmpty()) {
            blocks.add(new Block.Paragraph(paragraph.toString(), page));
            paragraph.setLength(0);
        }
    }

    private static void join(StringBuilder paragraph, String line) {
        int length = paragraph.length();
        boolean hyphenated = length > 1
                && paragraph.charAt(length - 1) == '-'
                && Character.isLetter(paragraph.charAt(length - 2))
                && Character.isLowerCase(line.charAt(0));
        if (hyphenated) {
            paragraph.setLength(length - 1);
        } else if (length > 0) {
            boolean wrapped = length - paragraph.lastIndexOf("\n") > WRAPPED || Character.isLowerCase(line.charAt(0));
            paragraph.append(wrapped ? " " : "\n");
        }
        paragraph.append(line);
    }

    private static boolean endsSentence(String text) {
        return !text.isEmpty() && ".!?:;,".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    /** The size in which most characters are set. */
    private double bodySize() {
        Map<Double, Integer> counts = new HashMap<>();
        lines.forEach(line -> counts.merge(line.size(), line.text().length(), Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0.0);
    }

    @Override
    protected void writeString(String string, List<TextPosition> positions) {
        text.append(string);
        for (var position : positions) {
            sizes += position.getFontSizeInPt();
            characters++;
            var font = position.getFont();
            var name = font == null || font.getName() == null ? "" : font.getName();
            bold += name.contains("Bold") || name.contains("Black") || name.contains("Heavy") ? 1 : 0;
        }
    }

    @Override
    protected void writeWordSeparator() {
        text.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphStart() {
        endLine();
        paragraphStarts = true;
    }

    @Override
    protected void writePageEnd() {
        endLine();
    }

    private void endLine() {
        var line = text.toString().replaceAll("[\\s\\u00a0]+", " ").strip();
        if (!line.isEmpty()) {
            double size = characters == 0 ? 0 : Math.round(sizes / characters * 2) / 2.0;
            lines.add(new Line(line, size, bold * 2 > characters, paragraphStarts, getCurrentPageNo()));
            paragraphStarts = false;
        }
        text = new StringBuilder();
        sizes = 0;
        characters = 0;
        bold = 0;
    }
}
