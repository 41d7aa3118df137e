package dev.tandem.workspace.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.tuning.example.personal.PersonalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String TEXT = "# Leave\n\n"
            + IntStream.range(0, 60)
                    .mapToObj(i -> "Every employee of the company may take day number " + i + " of the year off.")
                    .collect(Collectors.joining("\n\n"));

    @TempDir
    Path folder;

    @BeforeEach
    void aFolder() throws IOException {
        write("hr/leave.md", TEXT, 3);
        write("hr/copy of leave.md", TEXT, 400);
        write("archive/leave 2024.md", TEXT.replace("day number 7 ", "day number seven "), 800);
        write("contacts.txt", "Write to anna.berg@example.com or call +1 212 555 0143 about this.", 20);
        write("broken.pdf", "%PDF-1.7\nnothing of it is right", 1);
        write("empty.md", "", 1);
        write("film.mp4", "frames", 1);
        write(".hidden.md", TEXT, 1);
        write("node_modules/readme.md", TEXT, 1);
    }

    private void write(String path, String text, int daysAgo) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
    }

    private AuditReport report() {
        var splitter = new PassageSplitter(new PassageSplitter.Settings(100, 0), text -> text.split("\\s+").length);
        return new Audit(splitter, ReadingLimits.DEFAULT, PersonalKind.directKinds())
                .of(folder, NOW.toEpochMilli(), Progress.silent(), () -> false)
                .orElseThrow();
    }

    @Test
    void everyFileIsCountedOnceWithWhatIsWrongWithIt() {
        var report = report();

        assertThat(report.read())
                .extracting(AuditedFile::path)
                .containsExactly("archive/leave 2024.md", "contacts.txt", "hr/copy of leave.md", "hr/leave.md");
        assertThat(report.unreadable()).extracting(AuditedFile::path).containsExactly("broken.pdf", "empty.md");
        assertThat(report.unreadable().getLast().problem()).contains("is empty");
        assertThat(report.otherFormats()).containsExactly(new AuditReport.Share(".mp4", 1, 6));
        assertThat(report.hidden()).isEqualTo(2);
        assertThat(report.formats())
                .extracting(AuditReport.Share::name, AuditReport.Share::files)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("markdown", 3L),
                        org.assertj.core.groups.Tuple.tuple("text", 1L));
    }

    @Test
    void copiesAreToldFromNearCopies() {
        var report = report();
        assertThat(report.duplicates()).containsExactly(List.of("hr/copy of leave.md", "hr/leave.md"));
        assertThat(report.nearDuplicates()).containsExactly(List.of("archive/leave 2024.md", "hr/copy of leave.md"));
    }

    @Test
    void agesLanguagesPersonalDataAndCostAreTold() {
        var report = report();

        assertThat(report.ages())
                .filteredOn(age -> age.files() > 0)
                .extracting(AuditReport.Share::name)
                .containsExactly("last 7 days", "last 30 days", "last 3 years");
        assertThat(report.languages().getFirst().name()).isEqualTo("eng");
        assertThat(report.personal()).containsEntry("email_address", 1).containsEntry("phone_number", 1);
        assertThat(report.withPersonalData()).extracting(AuditedFile::path).containsExactly("contacts.txt");
        assertThat(report.sum(AuditedFile::passages)).isGreaterThan(4);
        assertThat(report.embeddingCosts().get("text-embedding-3-small"))
                .isEqualTo(report.sum(AuditedFile::tokens) / 1e6 * 0.02);
        var lines = report.contextLineTokens();
        assertThat(lines.read()).isGreaterThan(report.sum(AuditedFile::passages) * 300);
        assertThat(lines.dollars().low()).isEqualTo((lines.read() + lines.written()) / 1e6 * 2.5);
    }

    @Test
    void thePageShowsFilesWhoseNamesAreMarkupAsText() throws IOException {
        write("<b>bold<b>.pdf", "no", 1);
        assertThat(AuditPage.of(report())).contains("&lt;b&gt;bold").doesNotContain("<b>bold");
    }

    @Test
    void aMissingFolderAndACancelAreSaid() {
        var splitter = new PassageSplitter(new PassageSplitter.Settings(100, 0), String::length);
        var audit = new Audit(splitter, ReadingLimits.DEFAULT, PersonalKind.directKinds());
        assertThatThrownBy(() -> audit.of(folder.resolve("nowhere"), 0, Progress.silent(), () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("nowhere");
        assertThat(audit.of(folder, 0, Progress.silent(), () -> true)).isEmpty();
    }
}
