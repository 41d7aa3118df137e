package dev.tandem.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.filter.FilterParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LucenePassageIndexTest {
    private static final Filter ALL = new Filter.All();

    @TempDir
    private Path folder;

    @Test
    void anEmptyFolderIsAnIndexWithNothingInIt() {
        try (var index = LucenePassageIndex.open(folder.resolve("new"));
                var snapshot = index.snapshot()) {
            assertThat(snapshot.description().isNew()).isTrue();
            assertThat(snapshot.documents()).isEmpty();
            assertThat(snapshot.searchWords("anything", 5, ALL)).isEmpty();
            assertThat(snapshot.searchVector(Generated.vector(new Random(1)), 5, ALL))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void afterManyChangesItAnswersExactlyAsOneBuiltAfresh(long seed) {
        var random = new Random(seed);
        var state = new TreeMap<String, Generated.Entry>();
        try (var index = LucenePassageIndex.open(folder.resolve("changed"));
                var fresh = LucenePassageIndex.open(folder.resolve("fresh"))) {
            for (int round = 0; round < 12; round++) {
                try (var writing = index.write()) {
                    for (int change = 0; change < 15; change++) {
                        var path = "doc" + random.nextInt(40) + ".md";
                        if (state.containsKey(path) && random.nextInt(3) == 0) {
                            writing.delete(path);
                            state.remove(path);
                        } else {
                            var entry = Generated.document(path, random);
                            writing.replace(entry.document(), entry.passages());
                            state.put(path, entry);
                        }
                    }
                    writing.commit(Generated.DESCRIPTION);
                }
            }
            try (var writing = fresh.write()) {
                state.values().forEach(entry -> writing.replace(entry.document(), entry.passages()));
                writing.commit(Generated.DESCRIPTION);
            }
            try (var changed = index.snapshot();
                    var rebuilt = fresh.snapshot()) {
                assertThat(changed.passageCount()).isEqualTo(rebuilt.passageCount());
                assertThat(changed.documents()).isEqualTo(rebuilt.documents());
                for (int query = 0; query < 30; query++) {
                    var words = Generated.words(random, 4);
                    var vector = Generated.vector(random);
                    var filter = query % 3 == 0 ? FilterParser.parse("rank > 50 or color = red") : ALL;
                    assertThat(places(changed.searchWords(words, 10, filter)))
                            .isEqualTo(places(rebuilt.searchWords(words, 10, filter)));
                    assertThat(places(changed.searchVector(vector, 10, filter)))
                            .isEqualTo(places(rebuilt.searchVector(vector, 10, filter)));
                }
            }
        }
    }

    @Test
    void filtersMeanTheSameInTheIndexAsInMemory() {
        var random = new Random(11);
        var entries = new ArrayList<Generated.Entry>();
        try (var index = LucenePassageIndex.open(folder)) {
            try (var writing = index.write()) {
                for (int i = 0; i < 60; i++) {
                    var entry = Generated.document("Folder" + i % 5 + "/doc" + i + ".md", random);
                    entries.add(entry);
                    writing.replace(entry.document(), entry.passages());
                }
                writing.commit(Generated.DESCRIPTION);
            }
            try (var snapshot = index.snapshot()) {
                for (int i = 0; i < 150; i++) {
                    var filter = Generated.filter(random, 3);
                    var expected = entries.stream()
                            .filter(entry -> FilterMatcher.matches(
                                    filter,
                                    entry.document().path(),
                                    entry.document().metadata()))
                            .mapToInt(entry -> entry.passages().size())
                            .sum();
                    assertThat(snapshot.searchVector(Generated.vector(random), 1_000, filter))
                            .as(filter.toString())
                            .hasSize(expected);
                }
            }
        }
    }

    @Test
    void everythingStoredComesBackAsItWas() {
        var entry = Generated.document("a/b.md", new Random(5));
        try (var index = LucenePassageIndex.open(folder)) {
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
    void equalScoresAreInTheOrderOfTheirPlaces() {
        try (var index = LucenePassageIndex.open(folder)) {
            try (var writing = index.write()) {
                for (int i = 60; i > 0; i--) {
                    var entry = Generated.same("doc%02d.md".formatted(i));
                    writing.replace(entry.document(), entry.passages());
                }
                writing.commit(Generated.DESCRIPTION);
            }
            try (var snapshot = index.snapshot()) {
                var vector = Generated.same("x").passages().getFirst().vector();
                var wanted = List.of("doc01.md", "doc02.md", "doc03.md");
                assertThat(snapshot.searchWords("rope", 3, ALL))
                        .extracting(ScoredPassage::document)
                        .isEqualTo(wanted);
                assertThat(snapshot.searchVector(vector, 3, ALL))
                        .extracting(ScoredPassage::document)
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void readersSeeACommitWholeAndOnlyAfterIt() {
        try (var index = LucenePassageIndex.open(folder)) {
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
        try (var index = LucenePassageIndex.open(folder)) {
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
        try (var index = LucenePassageIndex.open(folder);
                var other = LucenePassageIndex.open(folder);
                var writing = index.write()) {
            assertThatThrownBy(other::write)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("wait until its ingest ends");
            writing.commit(Generated.DESCRIPTION);
        }
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
    void aFullDiskLeavesTheLastCommit() {
        // Not closed in between: what is in memory is gone with its directory.
        var memory = new ByteBuffersDirectory();
        var index = LucenePassageIndex.over(memory);
        commit(index, Generated.same("a.md"));

        assertThatThrownBy(() -> commit(
                        LucenePassageIndex.over(new FullDisk(memory)), Generated.document("b.md", new Random(3))))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("disk is full");

        try (var snapshot = index.snapshot()) {
            assertThat(snapshot.documents()).hasSize(1);
        }
        commit(index, Generated.same("c.md"));
        try (var snapshot = index.snapshot()) {
            assertThat(snapshot.documents()).hasSize(2);
        }
    }

    @Test
    void aQuestionMayHoldAnything() {
        try (var index = LucenePassageIndex.open(folder)) {
            commit(index, Generated.same("a.md"));
            try (var snapshot = index.snapshot()) {
                var random = new Random(9);
                for (var question : List.of(
                        "",
                        "   ",
                        "AND OR NOT (",
                        "a:b~2^*?",
                        "\u0000\uFFFF",
                        "x ".repeat(50_000),
                        Generated.words(random, 20_000))) {
                    assertThat(snapshot.searchWords(question, 3, ALL)).hasSizeLessThanOrEqualTo(1);
                }
                assertThat(snapshot.searchWords("the rope: (a+b) OR \"", 3, ALL))
                        .hasSize(1);
            }
        }
    }

    private static void commit(LucenePassageIndex index, Generated.Entry entry) {
        try (var writing = index.write()) {
            writing.replace(entry.document(), entry.passages());
            writing.commit(Generated.DESCRIPTION);
        }
    }

    private static List<String> places(List<ScoredPassage> found) {
        return found.stream()
                .map(passage -> passage.document() + "#" + passage.ordinal() + " " + (float) passage.score())
                .toList();
    }

    /** Storage on which no byte more can be written. */
    private static final class FullDisk extends FilterDirectory {
        FullDisk(ByteBuffersDirectory memory) {
            super(memory);
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            return new FilterIndexOutput("full", name, super.createOutput(name, context)) {
                @Override
                public void writeByte(byte b) throws IOException {
                    throw new IOException("No space left on device");
                }

                @Override
                public void writeBytes(byte[] b, int offset, int length) throws IOException {
                    throw new IOException("No space left on device");
                }
            };
        }
    }
}
