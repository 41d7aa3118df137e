package dev.tandem.knowledge.document;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The lines of a PDF in reading order, with what their look says of their part in the document. Not safe for threads. */
final class PdfText extends PDFTextStripper {
    private final int mostCharacters;
    private final List<PdfLine> lines = new ArrayList<>();
    private StringBuilder text = new StringBuilder();
    private long total;
    private double sizes;
    private int characters;
    private int bold;
    private int monospaced;
    private double height;
    private boolean paragraphStarts = true;

    /** Ends the extraction; the superclass lets only an IOException through. */
    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Makes a reader.
     *
     * @param mostCharacters the most that is taken from a file
     */
    PdfText(int mostCharacters) {
        this.mostCharacters = mostCharacters;
        setSortByPosition(false);
        setSuppressDuplicateOverlappingText(true);
    }

    /** Reads a document's lines. */
    List<PdfLine> lines(PDDocument document) throws IOException, UnreadableException {
        try {
            writeText(document, Writer.nullWriter());
        } catch (TooLongException e) {
            throw UnreadableException.tooLong(mostCharacters);
        }
        endLine();
        return lines;
    }

    @Override
    protected void writeString(String string, List<TextPosition> positions) throws IOException {
        total += string.length();
        if (total > mostCharacters) {
            throw new TooLongException();
        }
        text.append(string);
        for (var position : positions) {
            sizes += position.getFontSizeInPt();
            characters++;
            height = position.getPageHeight() <= 0 ? 0.5 : position.getYDirAdj() / position.getPageHeight();
            var font = position.getFont();
            var name = font == null || font.getName() == null ? "" : font.getName();
            bold += name.contains("Bold") || name.contains("Black") || name.contains("Heavy") ? 1 : 0;
            monospaced += name.contains("Courier") || name.contains("Mono") || name.contains("Consolas") ? 1 : 0;
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
        var line = Tables.oneLine(text.toString().replaceAll("\\p{Cntrl}", " "));
        if (!line.isEmpty()) {
            double size = characters == 0 ? 0 : Math.round(sizes / characters * 2) / 2.0;
            lines.add(new PdfLine(
                    line,
                    size,
                    bold * 2 > characters,
                    monospaced * 2 > characters,
                    paragraphStarts,
                    getCurrentPageNo(),
                    height));
            paragraphStarts = false;
        }
        text = new StringBuilder();
        sizes = 0;
        characters = 0;
        bold = 0;
        monospaced = 0;
    }
}
