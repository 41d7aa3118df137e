package dev.tandem.knowledge.index;

import static dev.tandem.knowledge.index.Generated.DIMENSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.filter.FilterParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every passage index must do. A test of an implementation extends this and says how one is opened. */
abstract class PassageIndexConformance {
    static final Filter ALL = new Filter.All();

    @TempDir
    Path folder;

    /** The index kept in a folder, which may be new. */
    abstract PassageIndex open(Path folder);

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void afterManyChangesItAnswersExactlyAsOneBuiltAfresh(long seed) {
        var random = new Random(seed);
        var state = new TreeMap<String, Generated.Entry>();
        try (var index = open(folder.resolve("changed"));
                var fresh = open(folder.resolve("fresh"))) {
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
        try (var index = open(folder)) {
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
    void equalScoresAreInTheOrderOfTheirPlaces() {
        try (var index = open(folder)) {
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
    void aQuestionMayHoldAnything() {
        try (var index = open(folder)) {
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void scoresAndOrderAreThoseOfTheCosine(long seed) {
        var random = new Random(seed);
        var vectors = new TreeMap<String, float[]>();
        try (var index = open(folder)) {
            try (var writing = index.write()) {
                for (int i = 0; i < 80; i++) {
                    var entry = Generated.document("doc" + i, random);
                    entry.passages().forEach(each -> vectors.put(each.passage().id(), each.vector()));
                    writing.replace(entry.document(), entry.passages());
                }
                writing.commit(Generated.DESCRIPTION);
            }
            try (var snapshot = index.snapshot()) {
                var question = Generated.vector(random);
                var expected = vectors.entrySet().stream()
                        .sorted(Comparator.comparingDouble(entry -> -cosine(question, entry.getValue())))
                        .limit(20)
                        .toList();
                var found = snapshot.searchVector(question, 20, ALL);
                for (int i = 0; i < 20; i++) {
                    assertThat(found.get(i).document() + "#" + found.get(i).ordinal())
                            .isEqualTo(expected.get(i).getKey());
                    assertThat(found.get(i).score())
                            .isCloseTo(cosine(question, expected.get(i).getValue()), within(1e-5));
                }
            }
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

    @Test
    void aFilterAndAQuestionMayBothBeLong() {
        var values = new ArrayList<FieldValue>();
        for (int i = 0; i < 3_000; i++) {
            values.add(new FieldValue.Text("value" + i));
        }
        values.add(new FieldValue.Text("DOC1"));
        var filter = new Filter.In(Filter.PATH, values);
        var question = new StringBuilder("rope");
        for (int i = 0; i < 2_000; i++) {
            question.append(" other").append(i);
        }
        try (var index = open(folder)) {
            commit(index, Generated.same("doc1"), Generated.same("doc2"));
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.searchWords(question.toString(), 5, filter)).hasSize(1);
                assertThat(snapshot.searchWords("rope", 5, new Filter.Contains(Filter.PATH, "x".repeat(100_000))))
                        .isEmpty();
            }
        }
    }

    @Test
    void oddMetadataIsKeptAndFilteredAsDefined() {
        var metadata = new Metadata(Map.of(
                "zero",
                List.of(new FieldValue.Numeric(-0.0)),
                "sign",
                List.of(new FieldValue.Text("😀 ΟΔΟΣ"), new FieldValue.Text("！")),
                "long",
                List.of(new FieldValue.Text("x".repeat(50_000) + "end")),
                "none",
                List.of(),
                "path",
                List.of(new FieldValue.Text("elsewhere")),
                "n".repeat(40_000),
                List.of(new FieldValue.Flag(true))));
        var entry = Generated.same("Dir/İstanbul.md", metadata);
        try (var index = open(folder)) {
            commit(index, entry);
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents()).containsExactly(entry.document());
                for (var text : List.of(
                        "zero = 0",
                        "zero < 0",
                        "sign contains 'οδοσ'",
                        "sign > '！'",
                        "sign < '！'",
                        "long contains end",
                        "long contains xxx",
                        "none exists",
                        "path = elsewhere",
                        "path contains 'i̇stan'",
                        "path contains 'İSTAN'",
                        "path exists")) {
                    var filter = FilterParser.parse(text);
                    assertThat(snapshot.searchWords("rope", 1, filter))
                            .as(text)
                            .hasSize(
                                    FilterMatcher.matches(
                                                    filter, entry.document().path(), metadata)
                                            ? 1
                                            : 0);
                }
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
            for (int round = 0; round < 25; round++) {
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

    @Test
    void tenThousandPassagesAreSearchedInFull() {
        var random = new Random(6);
        try (var index = open(folder)) {
            try (var writing = index.write()) {
                for (int i = 0; i < 4_000; i++) {
                    var entry = Generated.document("doc%04d".formatted(i), random);
                    writing.replace(entry.document(), entry.passages());
                }
                writing.replace(
                        Generated.same("wanted").document(),
                        Generated.same("wanted").passages());
                writing.commit(Generated.DESCRIPTION);
            }
            try (var snapshot = index.snapshot()) {
                assertThat(snapshot.documents())
                        .hasSize(4_001)
                        .isSortedAccordingTo(Comparator.comparing(IndexedDocument::path));
                assertThat(snapshot.passageCount()).isGreaterThan(9_000);
                var vector = Generated.same("x").passages().getFirst().vector();
                assertThat(snapshot.searchVector(vector, 1, ALL).getFirst().document())
                        .isEqualTo("wanted");
                assertThat(snapshot.searchWords("rope for a summit", 10_000, ALL)
                                .size())
                        .isGreaterThan(1_000);
                assertThat(snapshot.searchVector(vector, 50, FilterParser.parse("path contains doc123")))
                        .allSatisfy(passage -> assertThat(passage.document()).startsWith("doc123"))
                        .isNotEmpty();
            }
        }
    }

    static void commit(PassageIndex index, Generated.Entry... entries) {
        try (var writing = index.write()) {
            for (var entry : entries) {
                writing.replace(entry.document(), entry.passages());
            }
            writing.commit(Generated.DESCRIPTION);
        }
    }

    private static List<String> places(List<ScoredPassage> found) {
        return found.stream()
                .map(passage -> passage.document() + "#" + passage.ordinal() + " " + (float) passage.score())
                .toList();
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
