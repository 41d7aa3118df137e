package dev.tandem.knowledge.index;

import static dev.tandem.knowledge.index.Generated.DIMENSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every passage index must do with what is written to it. A test of an implementation extends this and says how one is opened. */
public abstract class PassageIndexConformance {
    protected static final Filter ALL = new Filter.All();

    @TempDir
    protected Path folder;

    /** The index kept in a folder, which may be new. */
    protected abstract PassageIndex open(Path folder);

    @Test
    void anEmptyFolderIsAnIndexWithNothingInIt() {
        try (var index = open(folder.resolve("new"));
                var snapshot = index.snapshot()) {
            assertThat(snapshot.description().isNew()).isTrue();
            assertThat(snapshot.documents()).isEmpty();
            assertThat(snapshot.searchWords("anything", 5, ALL)).isEmpty();
            assertThat(snapshot.searchVector(Generated.vector(new Random(1)), 5, ALL))
                    .isEmpty();
        }
    }

    @Test
    void everythingStoredComesBackAsItWas() {
        var entry = Generated.document("a/b.md", new Random(5));
        try (var index = open(folder)) {
            commit(index, entry);
            try (var snapshot = index.snapshot()) {
                var passages = snapshot.passages("a/b.md");
                assertThat(snapshot.documents()).containsExactly(entry.document());
                assertThat(snapshot.description()).isEqualTo(Generated.DESCRIPTION);
                assertThat(snapshot.fields())
                        .isEqualTo(entry.document().metadata().names());
                for (int i = 0; i < passages.size(); i++) {
                    assertThat(passages.get(i))
                            .usingRecursiveComparison()
                            .isEqualTo(entry.passages().get(i));
                }
                var first = entry.passages().getFirst();
                assertThat(snapshot.findByContent(first.contentHash())
                                .orElseThrow()
                                .vector())
                        .isEqualTo(first.vector());
                assertThat(snapshot.findByContent("0000")).isEmpty();
            }
        }
    }

    @Test
    void readersSeeACommitWholeAndOnlyAfterIt() {
        try (var index = open(folder)) {
            commit(index, Generated.same("a.md"));
            try (var before = index.snapshot();
                    var writing = index.write()) {
                var entry = Generated.same("b.md");
                writing.replace(entry.document(), entry.passages());
                try (var during = index.snapshot()) {
                    assertThat(during.documents()).hasSize(1);
                }
                writing.commit(Generated.DESCRIPTION);
                try (var after = index.snapshot()) {
                    assertThat(after.documents()).hasSize(2);
                }
                assertThat(before.documents()).hasSize(1);
            }
        }
    }

    @Test
    void whatIsNotCommittedIsGivenUp() {
        try (var index = open(folder)) {
            commit(index, Generated.same("a.md"));
            try (var writing = index.write()) {
                writing.deleteAll();
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).hasSize(1);
            }
        }
    }

    @Test
    void aSecondWriterIsTurnedAwayWithAdvice() {
        try (var index = open(folder);
                var other = open(folder);
                var writing = index.write()) {
            assertThatThrownBy(other::write)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("wait until its ingest ends");
            writing.commit(Generated.DESCRIPTION);
        }
    }

    @Test
    void whatIsReplacedOrDeletedIsGone() {
        var random = new Random(4);
        try (var index = open(folder)) {
            commit(index, Generated.document("a", random), Generated.document("b", random), Generated.same("c"));
            commit(index, Generated.same("a"));
            try (var writing = index.write()) {
                writing.delete("b");
                writing.delete("never there");
                writing.commit(Generated.DESCRIPTION);
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .containsExactly(
                                Generated.same("a").document(),
                                Generated.same("c").document());
                assertThat(snapshot.passageCount()).isEqualTo(2);
                assertThat(snapshot.passages("b")).isEmpty();
                assertThat(snapshot.passagesContaining("rope")).isEqualTo(2);
                var containing = snapshot.passagesContaining(List.of("rope", "neverwritten", "rope"));
                assertThat(containing).containsEntry("rope", 2);
                assertThat(containing.getOrDefault("neverwritten", 0)).isZero();
                assertThat(snapshot.passagesContaining(List.of())).isEmpty();
                assertThat(snapshot.searchWords("title river rope", 10, ALL)).hasSize(2);
                assertThat(snapshot.searchVector(Generated.vector(random), 10, ALL))
                        .hasSize(2);
            }
        }
    }

    @Test
    void whatIsCommittedIsThereAfterARestart() {
        try (var index = open(folder)) {
            commit(index, Generated.same("a"));
        }
        try (var index = open(folder);
                var snapshot = index.snapshot()) {
            assertThat(snapshot.description()).isEqualTo(Generated.DESCRIPTION);
            assertThat(snapshot.load(snapshot.searchWords("rope", 1, ALL)))
                    .extracting(stored -> stored.passage().text())
                    .containsExactly("a rope for the summit");
        }
    }

    @Test
    void aReaderElsewhereSeesWhatAnotherCommits() {
        try (var writer = open(folder);
                var reader = open(folder)) {
            commit(writer, Generated.same("a"));
            try (var snapshot = reader.snapshot()) {
                assertThat(snapshot.documents()).hasSize(1);
            }
            commit(writer, Generated.same("b"));
            try (var snapshot = reader.snapshot()) {
                assertThat(snapshot.documents()).hasSize(2);
            }
        }
    }

    @Test
    void vectorsOfAnotherLengthAreRefused() {
        var passage = Generated.same("b").passages().getFirst();
        var longer = new StoredPassage(passage.passage(), Metadata.EMPTY, "", new float[DIMENSION + 1], new byte[0]);
        var document = Generated.same("b").document();
        try (var index = open(folder)) {
            commit(index, Generated.same("a"));
            try (var writing = index.write()) {
                assertThatThrownBy(() -> writing.replace(document, List.of(longer)))
                        .isInstanceOf(MendableException.class)
                        .hasMessageContaining("--rebuild");
            }
            try (var snapshot = index.snapshot()) {
                assertThatThrownBy(() -> snapshot.searchVector(new float[DIMENSION + 1], 3, ALL))
                        .isInstanceOf(MendableException.class);
                assertThat(snapshot.documents()).hasSize(1);
            }
        }
    }

    @Test
    void anIndexMadeAnewTakesVectorsOfAnotherLengthAndKeepsTheOldUntilItIsCommitted() {
        var passage = Generated.same("b").passages().getFirst();
        var vector = new float[3_072];
        vector[0] = 1;
        var longer = new StoredPassage(passage.passage(), Metadata.EMPTY, "", vector, new byte[0]);
        try (var index = open(folder)) {
            commit(index, Generated.same("a"));
            try (var writing = index.writeAnew()) {
                writing.replace(Generated.same("b").document(), List.of(longer));
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .containsExactly(Generated.same("a").document());
            }
            try (var writing = index.writeAnew()) {
                writing.replace(Generated.same("b").document(), List.of(longer));
                writing.commit(new IndexDescription("longer", 3_072, ""));
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .containsExactly(Generated.same("b").document());
                assertThat(snapshot.searchVector(vector, 3, ALL)).hasSize(1);
            }
        }
    }

    /**
     * The server of the folder's index gone and back; empty where there is none. An index opened afterwards by {@link #open} must
     * go through what this cuts.
     */
    protected Optional<Outage> outage() {
        return Optional.empty();
    }

    /** A server that can be taken away. */
    public interface Outage {
        void begin();

        void end();
    }

    @Test
    void aServerThatIsGoneIsSaidAndOnceItIsBackAllGoesOn() {
        var outage = outage();
        assumeTrue(outage.isPresent(), "this index needs no server");
        try (var index = open(folder)) {
            commit(index, Generated.same("a.md"));
            checkWhole(index);
            var writing = index.write();
            writing.replace(
                    Generated.same("b.md").document(), Generated.same("b.md").passages());
            outage.get().begin();
            assertThatThrownBy(() -> writing.commit(Generated.DESCRIPTION)).isInstanceOf(MendableException.class);
            writing.close();
            assertThatThrownBy(() -> checkWhole(index)).isInstanceOf(MendableException.class);
            assertThatThrownBy(index::write).isInstanceOf(MendableException.class);
            outage.get().end();
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).hasSize(1);
            }
            commit(index, Generated.same("b.md"));
            checkWhole(index);
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).hasSize(2);
            }
        }
    }

    @Test
    void manyThreadsWriteIntoOneWriteAndTheLastOfADocumentStays() throws InterruptedException {
        try (var index = open(folder)) {
            try (var writing = index.write()) {
                var threads = new ArrayList<Thread>();
                for (int i = 0; i < 4; i++) {
                    var random = new Random(i);
                    int thread = i;
                    threads.add(Thread.ofPlatform().start(() -> {
                        for (int round = 0; round < 25; round++) {
                            var entry = Generated.document("t" + thread + "/doc" + round % 10, random);
                            writing.replace(entry.document(), entry.passages());
                        }
                    }));
                }
                for (var thread : threads) {
                    thread.join();
                }
                var last = Generated.same("t0/doc0");
                writing.replace(last.document(), last.passages());
                writing.delete("t1/doc1");
                writing.commit(Generated.DESCRIPTION);
            }
            checkWhole(index);
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).hasSize(39);
                assertThat(snapshot.passages("t0/doc0")).hasSize(1);
                assertThat(snapshot.passages("t1/doc1")).isEmpty();
            }
        }
    }

    @Test
    void aWriteMayCommitMoreThanOnceAndEmptyTheIndex() {
        try (var index = open(folder)) {
            try (var writing = index.write()) {
                writing.replace(
                        Generated.same("a").document(), Generated.same("a").passages());
                writing.commit(Generated.DESCRIPTION);
                writing.replace(
                        Generated.same("b").document(), Generated.same("b").passages());
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .containsExactly(Generated.same("a").document());
            }
            try (var writing = index.write()) {
                writing.deleteAll();
                writing.replace(
                        Generated.same("c").document(), Generated.same("c").passages());
                writing.commit(Generated.DESCRIPTION);
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .containsExactly(Generated.same("c").document());
                assertThat(snapshot.passageCount()).isEqualTo(1);
                assertThat(snapshot.searchWords("rope", 5, ALL)).hasSize(1);
                assertThat(snapshot.passagesContaining("summit")).isEqualTo(1);
                assertThat(snapshot.passagesContaining("river")).isZero();
            }
        }
    }

    @Test
    void readersAreUndisturbedWhileAnotherThreadWrites() throws InterruptedException {
        var done = new AtomicBoolean();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        try (var index = open(folder)) {
            commit(index, Generated.same("doc0"));
            var readers = new ArrayList<Thread>();
            for (int i = 0; i < 3; i++) {
                readers.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (!done.get()) {
                            checkWhole(index);
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            var random = new Random(8);
            for (int round = 0; round < 12; round++) {
                commit(index, Generated.same("doc" + random.nextInt(20)), Generated.document("b" + round, random));
            }
            done.set(true);
            for (var reader : readers) {
                reader.join();
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void checkWhole(PassageIndex index) {
        try (var snapshot = index.snapshot()) {
            int passages = 0;
            for (var document : snapshot.documents()) {
                assertThat(snapshot.passages(document.path())).hasSize(document.passages());
                passages += document.passages();
            }
            assertThat(snapshot.passageCount()).isEqualTo(passages);
            var found = snapshot.searchWords("rope summit", 5, ALL);
            assertThat(snapshot.load(found))
                    .extracting(stored -> stored.passage().document())
                    .isEqualTo(found.stream().map(ScoredPassage::document).toList());
        }
    }

    public static void commit(PassageIndex index, Generated.Entry... entries) {
        try (var writing = index.write()) {
            for (var entry : entries) {
                writing.replace(entry.document(), entry.passages());
            }
            writing.commit(Generated.DESCRIPTION);
        }
    }
}
