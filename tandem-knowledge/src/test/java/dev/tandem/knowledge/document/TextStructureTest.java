package dev.tandem.knowledge.document;

import static dev.tandem.knowledge.document.MadeFiles.parsed;
import static dev.tandem.knowledge.document.MadeFiles.reason;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStructureTest {
    private static final DocumentReader READER = new DocumentReader(ReadingLimits.DEFAULT);

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        READER.close();
    }

    @Test
    void latexKeepsSectionsListsTablesAndListings() throws IOException {
        var file = Files.writeString(folder.resolve("paper.tex"), """
                \\documentclass{article}
                \\newcommand{\\us}{Fjellvik\\xspace}
                \\title{Tents of \\us}
                \\begin{document}
                \\section{Fabric \\label{sec:fabric}}
                \\us uses \\emph{ripstop}~\\cite{rip}, see $w_i \\leq 3$. % a note to ourselves

                \\begin{itemize}
                \\item light
                \\item 40\\% lighter
                \\end{itemize}
                \\begin{table}[h]
                \\begin{tabular}{l|r}
                Tent & Weight \\\\ \\hline
                Skarn & 2.1 kg \\\\
                \\end{tabular}
                \\end{table}
                \\begin{verbatim}
                x = 1 % kept
                \\end{verbatim}
                \\end{document}
                """);

        assertThat(parsed(READER, file).blocks())
                .contains(
                        new Block.Heading(1, "Tents of Fjellvik", 0),
                        new Block.Heading(2, "Fabric", 0),
                        new Block.ItemList(false, List.of("light", "40% lighter"), 0),
                        new Block.Table(List.of("Tent", "Weight"), List.of(List.of("Skarn", "2.1 kg")), 0))
                .anyMatch(
                        block -> block instanceof Block.Code code && code.text().contains("x = 1"))
                .anyMatch(block -> block instanceof Block.Paragraph paragraph
                        && paragraph.text().contains("uses ripstop")
                        && paragraph.text().contains("$w_i \\leq 3$"));
        assertThat(parsed(READER, file).blocks().toString()).doesNotContain("note to ourselves");
    }

    @Test
    void aPageInsideAFormIsReadAndItsFieldsAreNot() throws IOException {
        var file = Files.writeString(folder.resolve("old.html"), """
                <html><body><form><input value="token"><h1>Leave</h1><table><tr><td><p>In a frame.</p></td></tr></table>
                <dl><dt>Parental</dt><dd>20 weeks</dd></dl>
                <table><caption>Days</caption><tr><th colspan="2">Country</th></tr><tr><td>NO</td><td>25</td></tr></table>
                <pre><code class="language-sql">select 1</code></pre></form></body></html>
                """);

        assertThat(parsed(READER, file).blocks())
                .containsExactly(
                        new Block.Heading(1, "Leave", 0),
                        new Block.Paragraph("In a frame.", 0),
                        new Block.Paragraph("Parental: 20 weeks", 0),
                        new Block.Paragraph("Days", 0),
                        new Block.Table(List.of("Country", "Country"), List.of(List.of("NO", "25")), 0),
                        new Block.Code(Optional.of("sql"), "select 1", 0));
    }

    @Test
    void aFoldersMetadataHoldsForAllBelowItUnlessTheyKnowBetter() throws IOException {
        Files.writeString(folder.resolve("metadata.yaml"), "department: all\nsource: wiki\n");
        var inner = Files.createDirectories(folder.resolve("hr/leave"));
        Files.writeString(folder.resolve("hr/metadata.yaml"), "department: hr\n");
        Files.writeString(inner.resolve("a.md"), "text");
        Files.writeString(inner.resolve("b.md"), "---\nDepartment: legal\n---\ntext");

        var plain = read("hr/leave/a.md").metadata();
        var own = read("hr/leave/b.md").metadata();

        assertThat(plain.values("department")).containsExactly(new FieldValue.Text("hr"));
        assertThat(plain.values("source")).containsExactly(new FieldValue.Text("wiki"));
        assertThat(plain.values("folder")).containsExactly(new FieldValue.Text("hr"), new FieldValue.Text("hr/leave"));
        assertThat(own.values("department")).containsExactly(new FieldValue.Text("legal"));
    }

    @Test
    void longMarkupIsReadAsShortMarkupIs() throws IOException {
        var text = "---\nyear: 2025\nteam: it\n---\n# Log\n\n" + "A line of the log.\n\n".repeat(70_000);
        var file = Files.writeString(folder.resolve("log.md"), text);

        var document = parsed(READER, file);

        assertThat(document.blocks()).hasSize(70_001).contains(new Block.Heading(1, "Log", 0));
        assertThat(document.metadata().values("year")).containsExactly(new FieldValue.Numeric(2025));
    }

    @Test
    void aFormatThatIsNotReadSaysSo() throws IOException {
        assertThat(reason(READER, Files.writeString(folder.resolve("photo.png"), "x")))
                .contains("format");
    }

    private Document read(String path) {
        var result = READER.read(folder.resolve(path), path);
        assertThat(result).isInstanceOf(ReadResult.Parsed.class);
        return ((ReadResult.Parsed) result).document();
    }
}
