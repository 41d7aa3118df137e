package dev.tandem.knowledge.document;

import static dev.tandem.knowledge.document.MadeFiles.OPEN_DOCUMENT;
import static dev.tandem.knowledge.document.MadeFiles.WORD;
import static dev.tandem.knowledge.document.MadeFiles.parsed;
import static dev.tandem.knowledge.document.MadeFiles.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.TestData;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFilesTest {
    private static final DocumentReader READER =
            new DocumentReader(new ReadingLimits(100L << 20, 2_000_000, Duration.ofSeconds(20), 256));

    private static final String LAUGHS = "<!DOCTYPE l [<!ENTITY a \"haha\"><!ENTITY b \"" + "&a;".repeat(1000)
            + "\"><!ENTITY c \"" + "&b;".repeat(1000) + "\"><!ENTITY d \"" + "&c;".repeat(1000) + "\">]>";

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        READER.close();
    }

    @Test
    void entitiesNeitherExplodeNorReachOtherFiles() throws IOException {
        var secret = Files.writeString(folder.resolve("secret.txt"), "TOP-SECRET");
        for (var type : java.util.List.of(LAUGHS, "<!DOCTYPE l [<!ENTITY d SYSTEM \"" + secret.toUri() + "\">]>")) {
            var word = MadeFiles.zip(
                    folder.resolve("laughs.docx"),
                    Map.of(
                            "word/document.xml",
                            type + "<w:document " + WORD + "><w:body><w:p><w:r><w:t>before &d; after</w:t></w:r></w:p>"
                                    + "</w:body></w:document>"));
            var open = MadeFiles.zip(
                    folder.resolve("laughs.odt"),
                    Map.of(
                            "content.xml",
                            type + "<office:document-content " + OPEN_DOCUMENT
                                    + "><office:body><office:text><text:p>before &d; after</text:p></office:text></office:body>"
                                    + "</office:document-content>"));
            var page = Files.writeString(
                    folder.resolve("laughs.html"), type + "<html><body>before &d; after</body></html>");
            for (var file : java.util.List.of(word, open, page)) {
                assertThat(parsed(READER, file).blocks().toString())
                        .contains("before")
                        .contains("after")
                        .doesNotContain("haha")
                        .doesNotContain("SECRET");
            }
        }
    }

    @Test
    void bombsOfEveryZippedFormatAreRefused() throws IOException {
        var parts = Map.of(
                "bomb.docx",
                "word/document.xml",
                "bomb.odt",
                "content.xml",
                "bomb.xlsx",
                "xl/workbook.xml",
                "bomb.pptx",
                "ppt/presentation.xml",
                "bomb.epub",
                "content.opf");
        for (var part : parts.entrySet()) {
            var file = folder.resolve(part.getKey());
            try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.putNextEntry(new ZipEntry(part.getValue()));
                var zeros = new byte[1 << 20];
                for (int i = 0; i < 40; i++) {
                    zip.write(zeros);
                }
            }
            assertThat(reason(READER, file)).isNotBlank();
        }
        assertThat(reason(READER, folder.resolve("bomb.docx"))).contains("zip bomb");
    }

    @Test
    void anEncryptedWordFileSaysSo() throws IOException, GeneralSecurityException {
        var file = folder.resolve("secret.docx");
        try (var system = new POIFSFileSystem();
                var out = Files.newOutputStream(file)) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("password");
            try (var content = encryptor.getDataStream(system)) {
                content.write(new byte[2000]);
            }
            system.writeFilesystem(out);
        }

        assertThat(reason(READER, file)).contains("encrypted").contains("password");
    }

    @Test
    void partsNestedWithoutEndEndTheFileAndNotTheReader() throws IOException {
        var depth = 50_000;
        var files = Map.of(
                "deep.html", "<div>".repeat(depth) + "x",
                "deep.md", ">".repeat(depth) + " x",
                "deep.json", "[".repeat(depth),
                "deep.jsonl", "{\"a\":".repeat(depth),
                "deep.rst", ".. note:: ".repeat(depth));
        for (var made : files.entrySet()) {
            var file = Files.writeString(folder.resolve(made.getKey()), made.getValue());
            assertThat(READER.read(file, made.getKey())).isNotNull();
        }
        assertThat(reason(READER, folder.resolve("deep.json"))).contains("JSON");
    }

    @Test
    void marksThatNeverCloseCostNoMoreThanTheirLength() throws IOException {
        var many = 200_000;
        var files = Map.of(
                "marks.rst", "*a ".repeat(many),
                "links.rst", "`a <b ".repeat(many / 5),
                "marks.md", "*a [b](".repeat(many / 4),
                "braces.tex", "\\begin{a}{".repeat(5_000),
                "rows.tex", "\\begin{tabular}" + "{".repeat(many));
        long start = System.nanoTime();
        for (var made : files.entrySet()) {
            var file = Files.writeString(folder.resolve(made.getKey()), made.getValue());
            assertThat(READER.read(file, made.getKey())).isNotNull();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void junkUnderATextFilesNameIsToldFromText() throws IOException {
        var junk = new byte[20_000];
        new Random(7).nextBytes(junk);
        var file = Files.write(folder.resolve("junk.md"), junk);

        assertThat(reason(READER, file)).contains("not text");
    }

    @Test
    void junkUnderAContainersNameIsReported() throws IOException {
        var junk = new byte[20_000];
        new Random(8).nextBytes(junk);
        for (var name : java.util.List.of("a.docx", "a.doc", "a.pptx", "a.xls", "a.odt", "a.pdf", "a.epub", "a.msg")) {
            assertThat(READER.read(Files.write(folder.resolve(name), junk), name))
                    .isInstanceOf(ReadResult.Skipped.class);
        }
        var whole = Files.readAllBytes(MadeFiles.word(folder.resolve("whole.docx"), "<w:p/>"));
        var cut = Files.write(folder.resolve("cut.docx"), Arrays.copyOf(whole, whole.length / 2));
        assertThat(reason(READER, cut)).contains("damaged");
    }

    @Test
    void aWorkerThatRunsOutOfMemoryIsReplaced() throws IOException {
        var big = MadeFiles.word(folder.resolve("big.docx"), "<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(300_000));
        var small = MadeFiles.word(folder.resolve("small.docx"), "<w:p><w:r><w:t>Still here.</w:t></w:r></w:p>");
        try (var tight = new DocumentReader(new ReadingLimits(100L << 20, 1_000_000, Duration.ofSeconds(30), 32))) {
            assertThat(reason(tight, big)).contains("32 MB");
            assertThat(parsed(tight, small).blocks()).containsExactly(new Block.Paragraph("Still here.", 0));
        }
    }

    @Test
    void naughtyStringsComeThroughAsTextOfTheirOwn() throws IOException {
        var strings = TestData.folder("naughty-strings").resolve("blns.txt");
        var words = Files.readString(strings);
        for (var name : java.util.List.of("n.txt", "n.md", "n.rst", "n.html", "n.tex", "n.csv", "n.py")) {
            var result = READER.read(Files.writeString(folder.resolve(name), words), name);
            if (result instanceof ReadResult.Parsed read) {
                for (var block : read.document().blocks()) {
                    assertThat(block.toString().chars().anyMatch(CleanText::isControl))
                            .isFalse();
                }
            }
        }
        assertThat(parsed(READER, folder.resolve("n.txt")).blocks().toString()).contains("田中さん");
    }

    @Test
    void textIsDecodedByWhatItDeclaresOrByItsBytes() throws IOException {
        var japanese = Files.write(
                folder.resolve("j.html"),
                "<html><head><meta charset=\"shift_jis\"></head><body>返品は三十日以内</body></html>"
                        .getBytes(Charset.forName("Shift_JIS")));
        var russian = Files.write(
                folder.resolve("r.txt"),
                "Возврат товара возможен в течение тридцати дней со дня покупки, если упаковка цела и есть чек."
                        .getBytes(Charset.forName("windows-1251")));
        var wide =
                Files.write(folder.resolve("w.txt"), "Returns within thirty days.".getBytes(StandardCharsets.UTF_16LE));

        assertThat(parsed(READER, japanese).blocks()).containsExactly(new Block.Paragraph("返品は三十日以内", 0));
        assertThat(parsed(READER, russian).blocks().toString()).contains("Возврат товара");
        assertThat(parsed(READER, wide).blocks())
                .containsExactly(new Block.Paragraph("Returns within thirty days.", 0));
    }

    @Test
    void storedTextIsComposedAndFreeOfWhatCannotBeSeen() {
        assertThat(CleanText.prose("Cafe\u0301 o\ufb03ce co\u00adop\u0000 \ud800 \ud83d\ude00"))
                .isEqualTo("Café office coop  😀");
    }
}
