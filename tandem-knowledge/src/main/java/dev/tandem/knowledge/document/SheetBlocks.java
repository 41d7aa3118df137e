package dev.tandem.knowledge.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Excel sheets, of either format, to blocks, with numbers and dates as Excel shows them. The newer format is streamed. */
final class SheetBlocks {
    private final int characters;

    /**
     * Makes a reader.
     *
     * @param characters the most that is taken from a workbook
     */
    SheetBlocks(int characters) {
        this.characters = characters;
    }

    List<Block> of(OPCPackage workbook) throws IOException, OpenXML4JException, SAXException, UnreadableException {
        var blocks = new ArrayList<Block>();
        var reader = new XSSFReader(workbook);
        var strings = new ReadOnlySharedStringsTable(workbook);
        var styles = reader.getStylesTable();
        var sheets = reader.getSheetIterator();
        int left = characters;
        while (sheets.hasNext()) {
            try (var sheet = sheets.next()) {
                var cells = new Cells(new SheetRegions(sheets.getSheetName()), left);
                var xml = XMLHelper.newXMLReader();
                xml.setContentHandler(new XSSFSheetXMLHandler(
                        styles, sheets.getSheetComments(), strings, cells, new DataFormatter(), false));
                xml.parse(new InputSource(sheet));
                left = cells.left;
                if (left < 0) {
                    throw tooLong();
                }
                blocks.addAll(cells.regions.blocks());
                cells.comments.forEach(comment -> blocks.add(new Block.Paragraph(comment, 0)));
            } catch (javax.xml.parsers.ParserConfigurationException e) {
                throw new IllegalStateException("Every Java platform has an XML parser", e);
            }
        }
        return blocks;
    }

    List<Block> of(HSSFWorkbook workbook) throws UnreadableException {
        var blocks = new ArrayList<Block>();
        var formatter = new DataFormatter();
        formatter.setUseCachedValuesForFormulaCells(true);
        long left = characters;
        for (var sheet : workbook) {
            var regions = new SheetRegions(sheet.getSheetName());
            for (var row : sheet) {
                for (var cell : row) {
                    var text = formatter.formatCellValue(cell);
                    left -= text.length();
                    if (left < 0) {
                        throw tooLong();
                    }
                    regions.cell(cell.getRowIndex(), cell.getColumnIndex(), text);
                }
            }
            blocks.addAll(regions.blocks());
        }
        return blocks;
    }

    private UnreadableException tooLong() {
        return UnreadableException.tooLong(characters);
    }

    private static final class Cells implements SheetContentsHandler {
        private final SheetRegions regions;
        private final List<String> comments = new ArrayList<>();
        private int left;
        private int row;
        private int column;

        Cells(SheetRegions regions, int left) {
            this.regions = regions;
            this.left = left;
        }

        @Override
        public void startRow(int number) {
            row = number;
            column = 0;
        }

        /** Excel puts a notice to its own old versions before a comment that has answers. */
        private static String comment(XSSFComment comment) {
            var text = comment.getString().getString();
            int notice = text.startsWith("[Threaded comment]") ? text.indexOf("Comment:") : -1;
            return Tables.oneLine(notice < 0 ? text : text.substring(notice + "Comment:".length()));
        }

        @Override
        public void endRow(int number) {}

        @Override
        public void cell(@Nullable String reference, @Nullable String text, @Nullable XSSFComment comment) {
            // Where the file does not say which cell this is, it is the next.
            int at = reference == null ? column : new CellReference(reference).getCol();
            column = at + 1;
            if (comment != null && comment.getString() != null) {
                comments.add("Comment on " + comment.getAddress() + ": " + comment(comment));
            }
            if (text != null && left >= 0) {
                left -= text.length();
                regions.cell(row, at, text);
            }
        }
    }
}
