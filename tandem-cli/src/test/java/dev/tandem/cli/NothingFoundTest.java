package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingFoundTest {
    @Test
    void anEmptyFolderAndAFieldThatNoDocumentHasAreSaid(@TempDir Path folder) throws IOException {
        var workspace = folder.resolve("kb");
        var documents = Files.createDirectories(folder.resolve("docs"));
        CommandRun.of("init", workspace);

        var empty = CommandRun.of("ingest", documents, "-w", workspace);
        Files.writeString(
                documents.resolve("leave.md"), "---\ndepartment: hr\n---\n# Leave\n\nTwenty weeks of leave.\n");
        var filled = CommandRun.of("ingest", documents, "-w", workspace);
        var typo = CommandRun.of("search", "-w", workspace, "--filter", "departmnt = hr", "leave");
        var right = CommandRun.of("search", "-w", workspace, "--filter", "department = hr", "leave");

        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("holds no text");
        assertThat(filled.exitCode()).isZero();
        assertThat(typo.exitCode()).isEqualTo(1);
        assertThat(typo.err()).contains("did you mean department?");
        assertThat(right.exitCode()).isZero();
    }
}
