package dev.tandem.knowledge.document;

import static dev.tandem.knowledge.document.MadeFiles.OPEN_DOCUMENT;
import static dev.tandem.knowledge.document.MadeFiles.WORD;
import static dev.tandem.knowledge.document.MadeFiles.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficeFormatsTest {
    private static final DocumentReader READER = new DocumentReader(ReadingLimits.DEFAULT);

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        READER.close();
    }

    @Test
    void wordHeadingsAreFoundByStyleInAnyLanguageAndKeepTheirNumbers() throws IOException {
        var file = MadeFiles.zip(
                folder.resolve("contract.docx"),
                Map.of(
                        "word/document.xml",
                        "<w:document " + WORD + "><w:body>"
                                + paragraph("<w:pStyle w:val=\"Titel\"/>", "Contract")
                                + paragraph("<w:pStyle w:val=\"Verzeichnis1\"/>", "Scope 1")
                                + paragraph("<w:pStyle w:val=\"berschrift1\"/>", "Scope")
                                + paragraph("", "All services.")
                                + paragraph("<w:pStyle w:val=\"berschrift2\"/>", "Limits")
                                + paragraph("<w:pStyle w:val=\"berschrift1\"/>", "Term")
                                + "</w:body></w:document>",
                        "word/styles.xml",
                        "<w:styles " + WORD + ">" + style("Titel", "Title", "")
                                + style("Verzeichnis1", "toc 1", "")
                                + style("berschrift1", "heading 1", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>")
                                + style(
                                        "berschrift2",
                                        "heading 2",
                                        "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>")
                                + "</w:styles>",
                        "word/numbering.xml",
                        "<w:numbering " + WORD + "><w:abstractNum w:abstractNumId=\"7\">"
                                + level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
                                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>",
                        "docProps/core.xml",
                        "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><cp:category>legal</cp:category>"
                                + "<cp:keywords>price; term</cp:keywords><dcterms:modified>2025-04-30T10:00:00Z</dcterms:modified>"
                                + "</cp:coreProperties>"));

        var document = parsed(READER, file);

        assertThat(document.blocks())
                .containsExactly(
                        new Block.Heading(1, "Contract", 0),
                        new Block.Heading(1, "1. Scope", 0),
                        new Block.Paragraph("All services.", 0),
                        new Block.Heading(2, "1.1 Limits", 0),
                        new Block.Heading(1, "2. Term", 0));
        assertThat(document.metadata().values("category")).containsExactly(new FieldValue.Text("legal"));
        assertThat(document.metadata().values("keywords")).hasSize(2);
        assertThat(document.metadata().values("updated").getFirst().display()).isEqualTo("2025-04-30");
    }

    @Test
    void wordListsNestAndResume() throws IOException {
        var file = MadeFiles.zip(
                folder.resolve("list.docx"),
                Map.of(
                        "word/document.xml",
                        "<w:document " + WORD + "><w:body>" + item(1, 0, "first") + item(1, 1, "detail")
                                + item(1, 0, "second") + item(2, 0, "bullet") + item(1, 0, "third")
                                + "</w:body></w:document>",
                        "word/numbering.xml",
                        "<w:numbering " + WORD + "><w:abstractNum w:abstractNumId=\"0\">" + level(0, "decimal", "%1.")
                                + level(1, "lowerLetter", "%2)")
                                + "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">" + level(0, "bullet", "-")
                                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
                                + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"));

        assertThat(parsed(READER, file).blocks())
                .containsExactly(
                        new Block.ItemList(true, List.of("first", "  detail", "second"), 0),
                        new Block.ItemList(false, List.of("bullet"), 0),
                        new Block.ItemList(false, List.of("3. third"), 0));
    }

    @Test
    void wordLeavesOutWhatIsDeletedOrHiddenAndKeepsBoxesAndFootnotes() throws IOException {
        var file = MadeFiles.zip(
                folder.resolve("draft.docx"),
                Map.of(
                        "word/document.xml",
                        "<w:document " + WORD + " xmlns:mc=\"m\"><w:body><w:p><w:r><w:t>Pay</w:t></w:r>"
                                + "<w:del><w:r><w:delText> never</w:delText></w:r></w:del>"
                                + "<w:r><w:rPr><w:vanish/></w:rPr><w:t> obey me</w:t></w:r><w:ins><w:r><w:t> monthly.</w:t></w:r></w:ins>"
                                + "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
                                + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
                                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p></w:body></w:document>",
                        "word/footnotes.xml",
                        "<w:footnotes " + WORD
                                + "><w:footnote w:type=\"separator\"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>"
                                + "<w:footnote><w:p><w:r><w:t>On the 5th.</w:t></w:r></w:p></w:footnote></w:footnotes>"));

        assertThat(parsed(READER, file).blocks())
                .containsExactly(
                        new Block.Paragraph("Pay monthly.", 0),
                        new Block.Paragraph("In a box", 0),
                        new Block.Paragraph("On the 5th.", 0));
    }

    @Test
    void mergedWordCellsAreReadInEveryRow() throws IOException {
        var file = MadeFiles.word(
                folder.resolve("merged.docx"),
                "<w:tbl><w:tr>" + cell("", "Zone") + cell("", "Weight") + cell("", "Price") + "</w:tr><w:tr>"
                        + cell("<w:vMerge w:val=\"restart\"/>", "EU") + cell("", "1 kg") + cell("", "9")
                        + "</w:tr><w:tr>"
                        + cell("<w:vMerge/>", "") + cell("<w:gridSpan w:val=\"2\"/>", "on request")
                        + "</w:tr></w:tbl>");

        assertThat(parsed(READER, file).blocks())
                .containsExactly(new Block.Table(
                        List.of("Zone", "Weight", "Price"),
                        List.of(List.of("EU", "1 kg", "9"), List.of("EU", "on request", "")),
                        0));
    }

    @Test
    void slidesArePagesWithTheirTitleFirstOfEitherFormat() throws IOException {
        var file = folder.resolve("talk.pptx");
        try (var show = new XMLSlideShow();
                var out = Files.newOutputStream(file)) {
            show.createSlide().createTextBox().setText("Welcome");
            var layout = show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_AND_CONTENT);
            var slide = show.createSlide(layout);
            slide.getPlaceholder(0).setText("Plans");
            var body = slide.getPlaceholder(1);
            body.clearText();
            body.addNewTextParagraph().addNewTextRun().setText("Grow");
            var deeper = body.addNewTextParagraph();
            deeper.setIndentLevel(1);
            deeper.addNewTextRun().setText("in Oslo");
            var table = slide.createTable(2, 2);
            table.getCell(0, 0).setText("Year");
            table.getCell(0, 1).setText("Stores");
            table.getCell(1, 0).setText("2026");
            table.getCell(1, 1).setText("9");
            show.write(out);
        }
        var old = folder.resolve("old.ppt");
        try (var show = new HSLFSlideShow();
                var out = Files.newOutputStream(old)) {
            var slide = show.createSlide();
            slide.addTitle().setText("History");
            var box = slide.createTextBox();
            box.setAnchor(new Rectangle(0, 0, 100, 100));
            box.setText("Founded in 1987.");
            show.write(out);
        }

        assertThat(parsed(READER, file).blocks())
                .containsExactly(
                        new Block.Paragraph("Welcome", 1),
                        new Block.Heading(1, "Plans", 2),
                        new Block.ItemList(false, List.of("Grow", "  in Oslo"), 2),
                        new Block.Table(List.of("Year", "Stores"), List.of(List.of("2026", "9")), 2));
        assertThat(parsed(READER, old).blocks())
                .containsExactly(new Block.Heading(1, "History", 1), new Block.Paragraph("Founded in 1987.", 1));
    }

    @Test
    void sheetsOfEitherFormatAreCutIntoTheirTables() throws IOException {
        var file = folder.resolve("stock.xlsx");
        var old = folder.resolve("stock.xls");
        try (var workbook = new XSSFWorkbook();
                var out = Files.newOutputStream(file)) {
            fill(workbook).write(out);
        }
        try (var workbook = new HSSFWorkbook();
                var out = Files.newOutputStream(old)) {
            fill(workbook).write(out);
        }

        for (var stock : List.of(file, old)) {
            assertThat(parsed(READER, stock).blocks())
                    .containsExactly(
                            new Block.Heading(2, "Stock", 0),
                            new Block.Paragraph("Stock in spring", 0),
                            new Block.Table(
                                    List.of("Item", "Pieces"),
                                    List.of(List.of("Tent", "12"), List.of("Stove", "7"), List.of("Rope", "3")),
                                    0),
                            new Block.Table(List.of("Store", "City"), List.of(List.of("S1", "Oslo")), 0));
        }
    }

    /** A title, a table with an empty row in it, and another table below. */
    private static Workbook fill(Workbook workbook) {
        var sheet = workbook.createSheet("Stock");
        sheet.createRow(0).createCell(1).setCellValue("Stock in spring");
        Object[][] rows = {
            {"Item", "Pieces"}, {"Tent", 12}, {"Stove", 7}, {}, {"Rope", 3}, {}, {"Store", "City"}, {"S1", "Oslo"}
        };
        for (int i = 0; i < rows.length; i++) {
            var row = sheet.createRow(i + 1);
            for (int column = 0; column < rows[i].length; column++) {
                var cell = row.createCell(column + 1);
                if (rows[i][column] instanceof Integer number) {
                    cell.setCellValue(number);
                } else {
                    cell.setCellValue((String) rows[i][column]);
                }
            }
        }
        return workbook;
    }

    @Test
    void openDocumentTextsSlidesAndSheetsKeepTheirStructure() throws IOException {
        var text = openDocument(
                "note.odt",
                "<office:text><text:h text:outline-level=\"2\">Storage</text:h><text:p>Keep<text:s/>dry.</text:p>"
                        + "<text:list text:style-name=\"L1\"><text:list-item><text:p>Air</text:p><text:list><text:list-item>"
                        + "<text:p>a day</text:p></text:list-item></text:list></text:list-item></text:list>"
                        + "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes></office:text>");
        var slides = openDocument(
                "talk.odp",
                "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>Body</text:p></draw:text-box></draw:frame>"
                        + "<draw:frame presentation:class=\"title\"><draw:text-box><text:p>Head</text:p></draw:text-box></draw:frame>"
                        + "</draw:page></office:presentation>");
        var sheet = openDocument(
                "list.ods",
                "<office:spreadsheet><table:table table:name=\"Sizes\"><table:table-row>" + odsCell("Size")
                        + odsCell("Feet")
                        + "</table:table-row><table:table-row>" + odsCell("M") + odsCell("42")
                        + "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
                        + "<table:table-row table:number-rows-repeated=\"999999\"><table:table-cell/></table:table-row>"
                        + "</table:table></office:spreadsheet>");

        assertThat(parsed(READER, text).blocks())
                .containsExactly(
                        new Block.Heading(2, "Storage", 0),
                        new Block.Paragraph("Keep dry.", 0),
                        new Block.ItemList(true, List.of("Air", "  a day"), 0));
        assertThat(parsed(READER, slides).blocks())
                .containsExactly(new Block.Heading(1, "Head", 1), new Block.Paragraph("Body", 1));
        assertThat(parsed(READER, sheet).blocks())
                .containsExactly(
                        new Block.Heading(2, "Sizes", 0),
                        new Block.Table(List.of("Size", "Feet"), List.of(List.of("M", "42")), 0));
    }

    @Test
    void mailKeepsOneOfItsAlternativesAndNamesItsAttachments() throws IOException {
        var file = folder.resolve("offer.eml");
        Files.writeString(file, """
                From: ann@shop.test
                To: bob@shop.test
                Subject: Offer
                Date: Mon, 3 Mar 2025 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html; charset=utf-8

                <html><body><h2>Terms</h2><p>Ten percent off.</p></body></html>
                --b
                Content-Type: text/plain; name="prices.txt"
                Content-Disposition: attachment; filename="prices.txt"

                secret margin
                --b--
                """.replace("\n", "\r\n"));

        var mail = parsed(READER, file);

        assertThat(mail.blocks())
                .containsExactly(
                        new Block.Heading(2, "Terms", 0),
                        new Block.Paragraph("Ten percent off.", 0),
                        new Block.Paragraph("Attachments: prices.txt", 0));
        assertThat(mail.metadata().values("from")).containsExactly(new FieldValue.Text("ann@shop.test"));
        assertThat(mail.metadata().values("created").getFirst().display()).isEqualTo("2025-03-03");
    }

    @Test
    void richTextIsRead() throws IOException {
        var file = folder.resolve("letter.rtf");
        Files.writeString(file, "{\\rtf1\\ansi Dear customer,\\par your order has \\b shipped\\b0 .\\par}");

        assertThat(parsed(READER, file).blocks())
                .containsExactly(
                        new Block.Paragraph("Dear customer,", 0), new Block.Paragraph("your order has shipped.", 0));
    }

    private Path openDocument(String name, String body) throws IOException {
        return MadeFiles.zip(
                folder.resolve(name),
                Map.of(
                        "content.xml",
                        "<office:document-content " + OPEN_DOCUMENT + "><office:automatic-styles>"
                                + "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\"/></text:list-style>"
                                + "</office:automatic-styles><office:body>" + body
                                + "</office:body></office:document-content>"));
    }

    private static String odsCell(String text) {
        return "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>";
    }

    private static String paragraph(String properties, String text) {
        return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
    }

    private static String item(int list, int depth, String text) {
        return paragraph("<w:numPr><w:ilvl w:val=\"" + depth + "\"/><w:numId w:val=\"" + list + "\"/></w:numPr>", text);
    }

    private static String style(String id, String name, String properties) {
        return "<w:style w:type=\"paragraph\" w:styleId=\"" + id + "\"><w:name w:val=\"" + name + "\"/><w:pPr>"
                + properties + "</w:pPr></w:style>";
    }

    private static String level(int level, String format, String text) {
        return "<w:lvl w:ilvl=\"" + level + "\"><w:numFmt w:val=\"" + format + "\"/><w:lvlText w:val=\"" + text
                + "\"/></w:lvl>";
    }

    private static String cell(String properties, String text) {
        return "<w:tc><w:tcPr>" + properties + "</w:tcPr><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>";
    }
}
