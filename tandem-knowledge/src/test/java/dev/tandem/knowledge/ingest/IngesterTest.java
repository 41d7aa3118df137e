package dev.tandem.knowledge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.TestData;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.PassageSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngesterTest {
    private static final Filter ALL = new Filter.All();

    @TempDir
    private Path folder;

    private final HashingEncoder encoder = new HashingEncoder("hashing");
    private final DocumentReader reader = new DocumentReader(ReadingLimits.DEFAULT);

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aSecondIngestTouchesOnlyWhatChanged() throws IOException {
        write("docs/a.md", "# A\n\nThe tent weighs two kilograms.");
        write("docs/b.md", "# B\n\nReturns are free for thirty days.");
        write("docs/sub/c.txt", "Boots are resoled in March.");
        try (var index = index("one")) {
            var first = ingest(index, "docs");
            assertThat(first.added()).isEqualTo(3);
            assertThat(first.passagesEmbedded()).isEqualTo(3);

            write("docs/b.md", "# B\n\nReturns are free for sixty days.");
            Files.delete(folder.resolve("docs/a.md"));
            write("docs/d.md", "# D\n\nLamps are new.");
            var second = ingest(index, "docs");

            assertThat(second.added()).isEqualTo(1);
            assertThat(second.updated()).isEqualTo(1);
            assertThat(second.unchanged()).isEqualTo(1);
            assertThat(second.deleted()).isEqualTo(1);
            assertThat(second.passagesEmbedded()).isEqualTo(2);
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.searchWords("tent kilograms", 5, ALL)).isEmpty();
                assertThat(snapshot.searchWords("sixty", 5, ALL)).hasSize(1);
                assertThat(snapshot.searchWords("thirty", 5, ALL)).isEmpty();
            }
            var third = ingest(index, "docs");
            assertThat(third.unchanged()).isEqualTo(3);
            assertThat(third.passagesEmbedded()).isZero();
        }
    }

    @Test
    void whatTandemKeepsInAWorkspaceIsNoDocumentOfIt() throws IOException {
        write("kb/tandem.yaml", "");
        write("kb/keys.json", "[{\"hash\": \"tent\"}]");
        write("kb/testset.jsonl", "{\"question\": \"tent?\"}");
        write("kb/guide.md", "# Guide\n\nThe tent is green.");
        write("docs/keys.json", "[{\"hash\": \"tent\"}]");
        try (var index = index("one")) {
            ingest(index, "kb");
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .extracting(IndexedDocument::path)
                        .containsExactly("guide.md");
            }
            // Elsewhere such a name is nothing special.
            assertThat(ingest(index, "docs").added()).isEqualTo(1);
        }
    }

    @Test
    void aMovedFileAndAnEditedHeadAreNotEmbeddedAgain() throws IOException {
        write("docs/a.md", "---\nstatus: draft\n---\n# A\n\nThe tent weighs two kilograms.");
        try (var index = index("one")) {
            ingest(index, "docs");
            write("docs/moved/a.md", "---\nstatus: final\n---\n# A\n\nThe tent weighs two kilograms.");
            Files.delete(folder.resolve("docs/a.md"));

            var report = ingest(index, "docs");

            assertThat(report.passagesEmbedded()).isZero();
            assertThat(report.passagesReused()).isEqualTo(1);
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.searchWords("tent", 5, FilterParser.parse("status = final")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void folderMetadataAppliesToWhatIsBelowAndItsChangeIsAChange() throws IOException {
        write("docs/hr/metadata.yaml", "department: hr\n");
        write("docs/hr/leave.md", "# Leave\n\nTwenty weeks.");
        write("docs/hr/own.md", "---\ndepartment: legal\n---\n# Own\n\nText.");
        try (var index = index("one")) {
            ingest(index, "docs");
            assertThat(count(index, "department = hr")).isEqualTo(1);
            assertThat(count(index, "department = legal")).isEqualTo(1);

            write("docs/hr/metadata.yaml", "department: people\n");
            assertThat(ingest(index, "docs").updated()).isEqualTo(2);
            assertThat(count(index, "department = people")).isEqualTo(1);
        }
    }

    @Test
    void badFilesAreReportedAndTheRestIsThere() throws IOException {
        write("docs/good.md", "# Good\n\nFine.");
        write("docs/broken.json", "{\"a\": ");
        write("docs/empty.md", "");
        Files.write(folder.resolve("docs/binary.txt"), new byte[] {0, 1, 2, 3, 4, 5, 6});
        Files.write(folder.resolve("docs/fake.pdf"), "not a pdf".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (var index = index("one")) {
            var report = ingest(index, "docs");

            assertThat(report.added()).isEqualTo(1);
            assertThat(report.skipped())
                    .extracting(IngestReport.SkippedFile::path)
                    .containsExactly("binary.txt", "broken.json", "empty.md", "fake.pdf");
            assertThat(report.skipped())
                    .allSatisfy(file -> assertThat(file.reason()).isNotBlank());
        }
    }

    @Test
    void aFileThatTurnsBadNoLongerAnswers() throws IOException {
        write("docs/a.json", "[{\"name\": \"old\"}]");
        try (var index = index("one")) {
            ingest(index, "docs");
            write("docs/a.json", "[{\"name\": ");

            var report = ingest(index, "docs");

            assertThat(report.skipped()).hasSize(1);
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).isEmpty();
            }
        }
    }

    @Test
    void anotherEmbeddingModelIsRefusedUntilARebuildIsAskedFor() throws IOException {
        write("docs/a.md", "# A\n\nText.");
        try (var index = index("one")) {
            ingest(index, "docs");
            var other = new HashingEncoder("another");

            assertThatThrownBy(() -> ingester(index, other, "one").ingest(request(false, "docs"), Progress.silent()))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("hashing")
                    .hasMessageContaining("--rebuild");
            ingester(index, other, "one").ingest(request(true, "docs"), Progress.silent());
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.description().encoder()).isEqualTo("another");
            }
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        try (var index = index("one")) {
            assertThatThrownBy(() -> ingest(index, "nowhere"))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("nowhere");
        }
    }

    /** Twelve weeks of real changes to a real handbook: after each, the index answers as one built afresh. */
    @Test
    void afterEachWeekOfAHandbookTheIndexAnswersAsOneBuiltAfresh() throws IOException {
        var handbook = TestData.folder("kb-18f");
        try (var index = index("weekly")) {
            for (int week = 0; week <= 12; week++) {
                apply(handbook.resolve("week-%02d".formatted(week)));
                int before = encoder.encoded.get();
                var report = ingest(index, "docs");
                int embedded = encoder.encoded.get() - before;
                assertThat(embedded).isEqualTo(report.passagesEmbedded());
                if (week > 0) {
                    assertThat(embedded).isLessThan(report.passages() / 3);
                }
                if (week % 4 == 0) {
                    compareWithFresh(index, week);
                }
            }
        }
    }

    private void compareWithFresh(LucenePassageIndex index, int week) {
        try (var fresh = index("fresh-" + week)) {
            ingester(fresh, encoder, "fresh-" + week).ingest(request(false, "docs"), Progress.silent());
            try (var changed = index.snapshot();
                    var rebuilt = fresh.snapshot()) {
                assertThat(changed.passageCount()).isEqualTo(rebuilt.passageCount());
                for (var question : List.of(
                        "How do I book travel?",
                        "parental leave days",
                        "security incident phishing report",
                        "who approves purchases over 10000 dollars",
                        "tock timekeeping")) {
                    assertThat(places(changed, question)).isEqualTo(places(rebuilt, question));
                }
            }
        }
    }

    private List<String> places(PassageIndex.Snapshot snapshot, String question) {
        var found = new java.util.ArrayList<>(snapshot.searchWords(question, 50, ALL));
        found.addAll(snapshot.searchVector(encoder.encodeQuestion(question).vector(), 50, ALL));
        return found.stream()
                .map(passage -> passage.document() + "#" + passage.ordinal() + " " + (float) passage.score())
                .toList();
    }

    private void apply(Path week) throws IOException {
        var changes = week.resolve("CHANGES.tsv");
        if (Files.exists(changes)) {
            for (var line : Files.readAllLines(changes)) {
                var parts = line.split("\t", -1);
                if (parts[0].equals("D")) {
                    Files.deleteIfExists(folder.resolve("docs").resolve(parts[1]));
                }
            }
        }
        try (var files = Files.walk(week)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(changes))
                    .forEach(file -> copy(
                            file,
                            folder.resolve("docs").resolve(week.relativize(file).toString())));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(PassageIndex index, String filter) {
        try (var snapshot = index.snapshot()) {
            return snapshot.searchVector(new float[32], 100, FilterParser.parse(filter))
                    .size();
        }
    }

    private LucenePassageIndex index(String name) {
        return LucenePassageIndex.open(folder.resolve("state").resolve(name));
    }

    private IngestReport ingest(LucenePassageIndex index, String source) {
        return ingester(index, encoder, "one").ingest(request(false, source), Progress.silent());
    }

    private Ingester.Request request(boolean rebuild, String source) {
        return new Ingester.Request(List.of(folder.resolve(source)), FileSelection.EVERYTHING, rebuild);
    }

    private Ingester ingester(PassageIndex index, HashingEncoder with, String name) {
        var splitter = new PassageSplitter(new PassageSplitter.Settings(200, 0), with::countTokens);
        return new Ingester(
                index, reader, splitter, with, folder.resolve("state").resolve(name + ".journal"));
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
