package dev.tandem.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.filter.FilterParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every passage index must find. A test of an implementation extends this and says how one is opened. */
public abstract class PassageSearchConformance {
    protected static final Filter ALL = new Filter.All();

    @TempDir
    protected Path folder;

    /** The index for a folder, which may be new; an index kept by a server takes the folder for its name. */
    protected abstract PassageIndex open(Path folder);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterManyChangesItAnswersExactlyAsOneBuiltAfresh(long seed) {
        var random = new Random(seed);
        var state = new TreeMap<String, Generated.Entry>();
        try (var index = open(folder.resolve("changed"));
                var fresh = open(folder.resolve("fresh"))) {
            for (int round = 0; round < 8; round++) {
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
    void aQuestionMayHoldAnything() {
        try (var index = open(folder)) {
            PassageIndexConformance.commit(index, Generated.same("a.md"));
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
            PassageIndexConformance.commit(index, Generated.same("doc1"), Generated.same("doc2"));
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
            PassageIndexConformance.commit(index, entry);
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
    void whoeverIsNotNamedSeesNothingOfADocumentByAnySearch() {
        try (var index = open(folder)) {
            PassageIndexConformance.commit(
                    index,
                    Generated.same("all.md"),
                    Generated.same("ann.md", readBy("Ann")),
                    Generated.same("both.md", readBy("ann", "staff")),
                    Generated.same("nobody.md", readBy()));
            try (var snapshot = index.snapshot()) {
                var vector = Generated.same("x").passages().getFirst().vector();
                var seen = Map.of(
                        List.<String>of(), List.of("all.md", "nobody.md"),
                        List.of("ann"), List.of("all.md", "ann.md", "both.md", "nobody.md"),
                        List.of("bob", "STAFF"), List.of("all.md", "both.md", "nobody.md"));
                seen.forEach((names, documents) -> {
                    var filter = AccessList.restrict(ALL, names);
                    var both = snapshot.searchBoth("rope", vector, 10, filter);
                    for (var found : List.of(
                            snapshot.searchWords("rope", 10, filter),
                            snapshot.searchVector(vector, 10, filter),
                            both.words(),
                            both.vectors())) {
                        assertThat(found)
                                .as(names.toString())
                                .extracting(ScoredPassage::document)
                                .isEqualTo(documents);
                    }
                    assertThat(snapshot.searchWords(
                                    "rope",
                                    10,
                                    AccessList.restrict(FilterParser.parse("path = ann.md or access exists"), names)))
                            .extracting(ScoredPassage::document)
                            .isEqualTo(documents.stream()
                                    .filter(document -> document.equals("ann.md") || document.equals("both.md"))
                                    .toList());
                });
            }
        }
    }

    /** A document without anybody in its list is for all, as one without a list. */
    private static Metadata readBy(String... names) {
        return new Metadata(Map.of(
                AccessList.FIELD,
                Arrays.stream(names)
                        .map(name -> (FieldValue) new FieldValue.Text(name))
                        .toList()));
    }

    @Test
    void bothSearchesAtOnceFindWhatEachFindsAlone() {
        var random = new Random(13);
        try (var index = open(folder)) {
            fill(index, 70, random);
            try (var snapshot = index.snapshot()) {
                for (int query = 0; query < 30; query++) {
                    var words = query == 0 ? "" : query == 1 ? "unheard" : Generated.words(random, 1 + query % 6);
                    var vector = Generated.vector(random);
                    var filter = query % 2 == 0 ? ALL : Generated.filter(random, 2);
                    var both = snapshot.searchBoth(words, vector, 15, filter);
                    assertThat(places(both.words())).isEqualTo(places(snapshot.searchWords(words, 15, filter)));
                    assertThat(places(both.vectors())).isEqualTo(places(snapshot.searchVector(vector, 15, filter)));
                    assertThat(snapshot.load(both.vectors()))
                            .extracting(stored -> stored.passage().id())
                            .isEqualTo(both.vectors().stream()
                                    .map(found -> found.document() + "#" + found.ordinal())
                                    .toList());
                }
            }
        }
    }

    @Test
    void whoAsksForMoreGetsTheSameFirst() {
        var random = new Random(14);
        try (var index = open(folder)) {
            fill(index, 60, random);
            try (var snapshot = index.snapshot()) {
                var vector = Generated.vector(random);
                var words = snapshot.searchWords("rope tent", 1_000, ALL);
                var vectors = snapshot.searchVector(vector, 1_000, ALL);
                assertThat(vectors).hasSize(snapshot.passageCount());
                assertThat(words).hasSizeGreaterThan(40).isSortedAccordingTo(ScoredPassage.BEST_FIRST);
                assertThat(vectors).isSortedAccordingTo(ScoredPassage.BEST_FIRST);
                for (int count : List.of(1, 7, 20, 40)) {
                    assertThat(places(snapshot.searchWords("rope tent", count, ALL)))
                            .isEqualTo(places(words.subList(0, count)));
                    assertThat(places(snapshot.searchVector(vector, count, ALL)))
                            .isEqualTo(places(vectors.subList(0, count)));
                }
            }
        }
    }

    /** Robertson and Zaragoza 2009, over the words of title, headings and text; lengths are rounded as Lucene rounds them. */
    @Test
    void wordsAreScoredByBm25() {
        var random = new Random(15);
        var entries = new ArrayList<Generated.Entry>();
        try (var index = open(folder)) {
            try (var writing = index.write()) {
                for (int i = 0; i < 50; i++) {
                    var entry = Generated.document("doc" + i, random);
                    entries.add(entry);
                    writing.replace(entry.document(), entry.passages());
                }
                writing.commit(Generated.DESCRIPTION);
            }
            var passages = entries.stream()
                    .flatMap(entry -> entry.passages().stream())
                    .map(StoredPassage::passage)
                    .toList();
            try (var snapshot = index.snapshot()) {
                for (var question : List.of("rope", "river ropes", "tent tent boot", "title of doc7 rope")) {
                    for (var found : snapshot.searchWords(question, 1_000, ALL)) {
                        assertThat(found.score())
                                .as(question)
                                .isCloseTo(Bm25.score(question, found, passages), within(1e-4));
                    }
                    assertThat(snapshot.searchWords(question, 1_000, ALL)).hasSize((int) passages.stream()
                            .filter(passage -> PassageWords.of(passage).keySet().stream()
                                    .anyMatch(PassageWords.ofQuestion(question).keySet()::contains))
                            .count());
                }
            }
        }
    }

    private static void fill(PassageIndex index, int documents, Random random) {
        try (var writing = index.write()) {
            for (int i = 0; i < documents; i++) {
                var entry = Generated.document("doc" + i + ".md", random);
                writing.replace(entry.document(), entry.passages());
            }
            writing.commit(Generated.DESCRIPTION);
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
                // Few enough that a store may go another way than where nothing is filtered.
                var few = FilterParser.parse("path contains doc123");
                assertThat(places(snapshot.searchWords("rope for a summit", 10_000, few)))
                        .containsExactlyElementsOf(
                                places(snapshot.searchWords("rope for a summit", 10_000, ALL).stream()
                                        .filter(passage -> passage.document().startsWith("doc123"))
                                        .toList()))
                        .isNotEmpty();
                assertThat(snapshot.searchVector(vector, 50, few))
                        .allSatisfy(passage -> assertThat(passage.document()).startsWith("doc123"))
                        .isNotEmpty();
            }
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
