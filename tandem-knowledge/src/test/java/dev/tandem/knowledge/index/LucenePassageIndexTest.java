package dev.tandem.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;

class LucenePassageIndexTest extends PassageIndexConformance {
    @Override
    protected PassageIndex open(Path place) {
        return LucenePassageIndex.open(place);
    }

    @Test
    void aFolderWithOtherFilesIsNotTakenForAnIndex() throws IOException {
        Files.writeString(folder.resolve("thesis.doc"), "mine");

        try (var index = LucenePassageIndex.open(folder)) {
            assertThatThrownBy(index::snapshot)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("thesis.doc");
            assertThatThrownBy(index::write).isInstanceOf(MendableException.class);
        }
    }

    @Test
    void aDamagedIndexSaysHowToMendIt() throws IOException {
        try (var index = LucenePassageIndex.open(folder)) {
            commit(index, Generated.same("a.md"));
        }
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(f -> f.toString().contains("segments_")).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        try (var index = LucenePassageIndex.open(folder)) {
            assertThatThrownBy(index::snapshot)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("--rebuild");
        }
    }

    @Test
    void anIndexOfAnotherVersionIsRefusedUntilItIsMadeAnew() throws IOException {
        try (var writer = new IndexWriter(FSDirectory.open(folder), new IndexWriterConfig())) {
            writer.addDocument(new Document());
            writer.setLiveCommitData(
                    Map.of("encoder", "e", "dimension", "3", "splitting", "").entrySet());
            writer.commit();
        }

        try (var index = LucenePassageIndex.open(folder)) {
            assertThatThrownBy(index::snapshot)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("another version")
                    .hasMessageContaining("--rebuild");
        }
        checkReportedAndMended(folder);
    }

    @Test
    void whatAKilledFirstIngestLeavesIsNotInTheWay() throws IOException {
        // The files of a segment that no commit names.
        Files.createFile(folder.resolve("write.lock"));
        Files.write(folder.resolve("_0.fdt"), new byte[100]);
        Files.write(folder.resolve("pending_segments_1"), new byte[10]);

        try (var index = LucenePassageIndex.open(folder)) {
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).isEmpty();
            }
            commit(index, Generated.same("a.md"));
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).hasSize(1);
            }
        }
    }

    @Test
    void anyFileCutShortOrLostIsReportedAndMendedByMakingTheIndexAnew() throws IOException {
        var whole = folder.resolve("whole");
        var random = new Random(2);
        try (var index = LucenePassageIndex.open(whole)) {
            for (int i = 0; i < 3; i++) {
                commit(index, Generated.document("a" + i, random), Generated.document("b", random));
            }
        }
        for (var file : files(whole)) {
            for (boolean lost : List.of(true, false)) {
                var copy = Files.createDirectory(folder.resolve(file + lost));
                for (var each : files(whole)) {
                    Files.copy(whole.resolve(each), copy.resolve(each));
                }
                if (lost) {
                    Files.delete(copy.resolve(file));
                } else {
                    var bytes = Files.readAllBytes(copy.resolve(file));
                    Files.write(copy.resolve(file), Arrays.copyOf(bytes, bytes.length / 2));
                }
                checkReportedAndMended(copy);
            }
        }
    }

    private static void checkReportedAndMended(Path copy) {
        try (var index = LucenePassageIndex.open(copy)) {
            try (var snapshot = index.snapshot()) {
                snapshot.documents();
            } catch (MendableException damaged) {
                assertThat(damaged).hasMessageContaining("--rebuild");
            }
            commit(index.writeAnew(), Generated.same("new"));
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .as(copy.toString())
                        .containsExactly(Generated.same("new").document());
            }
        }
    }

    @Test
    void aDiskThatFillsUpAtAnyMomentLeavesTheLastCommit() {
        int refused = 0;
        for (int room = 0; room < 60_000; room += 1_500) {
            // No index is closed in between: what is in memory is gone with its directory.
            var memory = new ByteBuffersDirectory();
            var index = LucenePassageIndex.over(memory);
            commit(index, Generated.same("a.md"));
            boolean written = true;
            try {
                var random = new Random(room);
                commit(
                        LucenePassageIndex.over(new FullDisk(memory, room)),
                        Generated.document("b", random),
                        Generated.document("c", random));
            } catch (MendableException full) {
                assertThat(full).hasMessageContaining("disk is full");
                written = false;
                refused++;
            }
            try (var snapshot = LucenePassageIndex.over(memory).snapshot()) {
                assertThat(snapshot.documents()).hasSize(written ? 3 : 1);
                assertThat(snapshot.passages("a.md")).hasSize(1);
            }
            commit(index, Generated.same("d.md"));
        }
        assertThat(refused).isBetween(1, 39);
    }

    @Test
    void manySmallChangesDoNotGatherASegmentEach() throws IOException {
        var memory = new ByteBuffersDirectory();
        var index = LucenePassageIndex.over(memory);
        for (int i = 0; i < 120; i++) {
            commit(index, Generated.same("doc" + i));
        }
        try (var reader = DirectoryReader.open(memory);
                var snapshot = index.snapshot()) {
            assertThat(reader.leaves()).hasSizeLessThan(25);
            assertThat(snapshot.documents()).hasSize(120);
            assertThat(snapshot.description()).isEqualTo(Generated.DESCRIPTION);
        }
    }

    @Test
    void theMessageToASecondWriterNamesTheProcess() {
        try (var index = LucenePassageIndex.open(folder);
                var other = LucenePassageIndex.open(folder);
                var writing = index.write()) {
            for (Runnable attempt : List.<Runnable>of(other::write, other::writeAnew)) {
                assertThatThrownBy(attempt::run)
                        .isInstanceOf(MendableException.class)
                        .hasMessageContaining(
                                Long.toString(ProcessHandle.current().pid()));
            }
            writing.commit(Generated.DESCRIPTION);
        }
    }

    @Test
    void readingTakesNoLock() throws IOException {
        try (var index = LucenePassageIndex.open(folder)) {
            commit(index, Generated.same("a.md"));
        }
        Files.deleteIfExists(folder.resolve("write.lock"));
        try (var index = LucenePassageIndex.open(folder);
                var snapshot = index.snapshot()) {
            assertThat(snapshot.searchWords("rope", 1, ALL)).hasSize(1);
        }
        assertThat(folder.resolve("write.lock")).doesNotExist();
    }

    @Test
    void aSnapshotOutlivesItsIndexAndMayBeClosedTwice() {
        var index = LucenePassageIndex.open(folder);
        commit(index, Generated.same("a.md"));
        var snapshot = index.snapshot();
        var twice = index.snapshot();
        twice.close();
        twice.close();
        index.close();
        assertThat(snapshot.searchWords("rope", 1, ALL)).hasSize(1);
        snapshot.close();
    }

    private static void commit(PassageIndex.Writing begun, Generated.Entry entry) {
        try (var writing = begun) {
            writing.replace(entry.document(), entry.passages());
            writing.commit(Generated.DESCRIPTION);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("write.lock"))
                    .sorted()
                    .toList();
        }
    }

    /** Storage that takes so many bytes more. */
    private static final class FullDisk extends FilterDirectory {
        private final AtomicLong room;

        FullDisk(Directory directory, long room) {
            super(directory);
            this.room = new AtomicLong(room);
        }

        private void take(int bytes) throws IOException {
            if (room.addAndGet(-bytes) < 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            return new FilterIndexOutput("full", name, super.createOutput(name, context)) {
                @Override
                public void writeByte(byte b) throws IOException {
                    take(1);
                    super.writeByte(b);
                }

                @Override
                public void writeBytes(byte[] b, int offset, int length) throws IOException {
                    take(length);
                    super.writeBytes(b, offset, length);
                }
            };
        }
    }
}
