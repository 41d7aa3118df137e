package dev.tandem.knowledge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingJournalTest {
    private static final String A = "00112233445566778899aabbccddeeff";
    private static final String B = "ffeeddccbbaa99887766554433221100";

    @TempDir
    private Path folder;

    @Test
    void whatWasAddedIsThereWhenItIsOpenedAgain() {
        try (var journal = new EmbeddingJournal(folder.resolve("journal"))) {
            journal.add(A, new EmbeddingJournal.Entry(new float[] {1, -2.5f}, new byte[] {7, 8}));
            journal.add(B, new EmbeddingJournal.Entry(new float[] {3}, new byte[0]));
        }

        try (var journal = new EmbeddingJournal(folder.resolve("journal"))) {
            assertThat(journal.find(A).orElseThrow().vector()).containsExactly(1, -2.5f);
            assertThat(journal.find(A).orElseThrow().tokenVectors()).containsExactly(7, 8);
            assertThat(journal.find(B).orElseThrow().vector()).containsExactly(3);
            assertThat(journal.find("0".repeat(32))).isEmpty();
        }
    }

    @Test
    void aRecordThatWasCutShortOrChangedEndsIt() throws IOException {
        var file = folder.resolve("journal");
        try (var journal = new EmbeddingJournal(file)) {
            journal.add(A, new EmbeddingJournal.Entry(new float[] {1}, new byte[] {7}));
            journal.add(B, new EmbeddingJournal.Entry(new float[] {2}, new byte[] {8}));
        }
        var bytes = Files.readAllBytes(file);
        for (int cut = 0; cut < bytes.length; cut++) {
            var damaged = cut % 2 == 0 ? Arrays.copyOf(bytes, cut) : bytes.clone();
            if (cut % 2 == 1) {
                damaged[cut] ^= 0x5a;
            }
            Files.write(file, damaged);
            try (var journal = new EmbeddingJournal(file)) {
                boolean firstWhole = cut >= bytes.length / 2;
                assertThat(journal.find(A).isPresent()).as("cut at " + cut).isEqualTo(firstWhole);
                assertThat(journal.find(B)).isEmpty();
                journal.add(B, new EmbeddingJournal.Entry(new float[] {2}, new byte[] {8}));
                assertThat(journal.find(B)).isPresent();
            }
        }
    }

    @Test
    void anEmptyJournalLeavesNoFile() {
        try (var journal = new EmbeddingJournal(folder.resolve("journal"))) {
            journal.add(A, new EmbeddingJournal.Entry(new float[] {1}, new byte[0]));
            journal.clear();
            assertThat(journal.find(A)).isEmpty();
        }
        assertThat(folder.resolve("journal")).doesNotExist();
    }
}
