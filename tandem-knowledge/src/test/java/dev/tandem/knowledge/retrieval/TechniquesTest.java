package dev.tandem.knowledge.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TokenVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen of the candidates beyond their scores, and what is read around them. */
class TechniquesTest {
    private static final String LEAVE =
            "Employees get twenty weeks of parental leave at full pay after a birth or an adoption";
    private static final Encoding QUESTION = new Encoding(new float[] {1, 0}, TokenVectors.NONE);

    @Test
    void theSameTextOfTwoDocumentsTakesOnePlace() {
        var candidates = List.of(
                passage("a.md", LEAVE + ".", ""),
                passage("copy.md", LEAVE + "!", ""),
                passage("b.md", "The canteen opens at noon every day of the week.", ""));

        assertThat(chosen(new Selection(true, 0, Optional.empty(), "updated"), candidates, 3, 2, 1))
                .containsExactly("a.md", "b.md");
        assertThat(chosen(Selection.BY_SCORE, candidates, 3, 2, 1)).containsExactly("a.md", "copy.md", "b.md");
    }

    @Test
    void ofTwoThatSayTheSameTheNewerStaysInTheBettersPlace() {
        var candidates = List.of(
                passage("week-1.md", LEAVE + ".", "2019-09-02"),
                passage("b.md", "The canteen opens at noon every day of the week.", "2019-09-02"),
                passage("week-2.md", LEAVE + "!", "2019-09-09"),
                passage("draft.md", LEAVE + ".", "2999-01-01"));

        assertThat(chosen(new Selection(true, 0, Optional.empty(), "updated"), candidates, 4, 3, 2, 1))
                .containsExactly("week-2.md", "b.md");
    }

    @Test
    void versionsThatDifferInANumberBothStay() {
        var candidates =
                List.of(passage("new.md", LEAVE + " since 2025.", ""), passage("old.md", LEAVE + " since 2023.", ""));

        assertThat(chosen(new Selection(true, 0, Optional.empty(), "updated"), candidates, 2, 1))
                .containsExactly("new.md", "old.md");
    }

    @Test
    void newerOnesComeFirstAmongNearlyEqualOnesOnly() {
        var candidates = List.of(
                passage("old.md", "a", "2019-09-02"),
                passage("new.md", "b", "2019-11-25"),
                passage("newest.md", "c", "2019-11-26"));

        assertThat(chosen(recent(30), candidates, 1.02, 1.0, -5)).containsExactly("new.md", "old.md", "newest.md");
    }

    @Test
    void aDateThatIsStillToComeOrMissingNeitherHelpsNorHurts() {
        var candidates = List.of(
                passage("old.md", "a", "2019-09-02"),
                passage("future.md", "b", "2999-01-01"),
                passage("none.md", "c", ""),
                passage("new.md", "d", "2025-11-25"),
                passage("far.md", "e", ""));

        assertThat(chosen(recent(365), candidates, 1.03, 1.02, 1.01, 1.0, -5))
                .containsExactly("new.md", "future.md", "none.md", "old.md", "far.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-02-30", "soon", "20250230", ""})
    void withoutAnyDateTheOrderStays(String date) {
        var candidates = List.of(passage("a.md", "a", date), passage("b.md", "b", date));

        assertThat(chosen(recent(1), candidates, 2, 1)).containsExactly("a.md", "b.md");
    }

    @Test
    void diversityPutsWhatResemblesABetterOneBehind() {
        var candidates = List.of(
                passage("a.md", "a", "", 1, 0),
                passage("like-a.md", "b", "", 1, 0),
                passage("other.md", "c", "", 0, 1));

        assertThat(chosen(new Selection(false, 0.5, Optional.empty(), "updated"), candidates, 3, 2.5, 2.2))
                .containsExactly("a.md", "other.md", "like-a.md");
    }

    @Test
    void nothingIsChosenOfNothing() {
        for (var selection : List.of(
                Selection.BY_SCORE, new Selection(true, 0.5, Optional.of(new Recency("updated", 1)), "updated"))) {
            assertThat(selection.of(List.of(), new double[0], 0, 10)).isEmpty();
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Recency("updated", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Selection(false, 1, Optional.empty(), "updated"));
    }

    @Test
    void neighboursComeInTheDocumentsOrderAndOnce(@TempDir Path folder) {
        try (var index = index(folder)) {
            var found = List.of(found("long.md", 2, "B", 2), found("long.md", 3, "B", 1));

            assertThat(ids(new Surroundings(index, new Surroundings.Settings(1, 0)).around(found, QUESTION)))
                    .containsExactly("long.md#1", "long.md#2", "long.md#3", "long.md#4");
            assertThat(new Surroundings(index, new Surroundings.Settings(1, 0)).around(found, QUESTION))
                    .extracting(RetrievedPassage::score)
                    .containsExactly(2.0, 2.0, 1.0, 1.0);
        }
    }

    @Test
    void aParentIsOfTheSameSectionAndNoLongerThanAllowed(@TempDir Path folder) {
        try (var index = index(folder)) {
            var found = List.of(found("long.md", 2, "B", 1));

            assertThat(ids(new Surroundings(index, new Surroundings.Settings(0, 1_000)).around(found, QUESTION)))
                    .containsExactly("long.md#2", "long.md#3", "long.md#4");
            assertThat(ids(new Surroundings(index, new Surroundings.Settings(0, 25)).around(found, QUESTION)))
                    .containsExactly("long.md#2", "long.md#3");
            assertThat(ids(new Surroundings(index, new Surroundings.Settings(0, 5)).around(found, QUESTION)))
                    .containsExactly("long.md#2");
        }
    }

    @Test
    void aDocumentOfOnePassageHasNothingAround(@TempDir Path folder) {
        try (var index = index(folder)) {
            var found = List.of(found("short.md", 0, "", 1), found("gone.md", 0, "", 0.5));

            assertThat(ids(new Surroundings(index, new Surroundings.Settings(4, 1_000)).around(found, QUESTION)))
                    .containsExactly("short.md#0", "gone.md#0");
            assertThat(new Surroundings(index, new Surroundings.Settings(4, 1_000)).around(List.of(), QUESTION))
                    .isEmpty();
        }
    }

    private static Selection recent(double halfLife) {
        return new Selection(false, 0, Optional.of(new Recency("updated", halfLife)), "updated");
    }

    private static List<String> chosen(Selection selection, List<StoredPassage> candidates, double... scores) {
        return selection.of(candidates, Arrays.copyOf(scores, scores.length), scores.length, scores.length).stream()
                .map(each -> candidates.get(each.candidate()).passage().document())
                .toList();
    }

    private static List<String> ids(List<RetrievedPassage> passages) {
        return passages.stream().map(passage -> passage.passage().id()).toList();
    }

    private static RetrievedPassage found(String document, int ordinal, String heading, double score) {
        return new RetrievedPassage(at(document, ordinal, heading), Metadata.EMPTY, score, 0.5);
    }

    private static Passage at(String document, int ordinal, String heading) {
        return new Passage(
                document, ordinal, "", heading.isEmpty() ? List.of() : List.of(heading), "text " + ordinal, 0, 10);
    }

    private static StoredPassage passage(String document, String text, String date, float... vector) {
        var fields = date.isEmpty()
                ? Map.<String, List<FieldValue>>of()
                : Map.of("updated", List.of(FieldValue.parse(date)));
        return new StoredPassage(
                new Passage(document, 0, "", List.of(), text, 0, 10),
                new Metadata(fields),
                document,
                vector.length == 0 ? new float[] {1, 0} : vector,
                new byte[0]);
    }

    /** A document of five passages in two sections, and one of one. */
    private static LucenePassageIndex index(Path folder) {
        var index = LucenePassageIndex.open(folder);
        try (var writing = index.write()) {
            var passages = new ArrayList<Passage>();
            for (int i = 0; i < 5; i++) {
                passages.add(at("long.md", i, i < 2 ? "A" : "B"));
            }
            write(writing, "long.md", passages);
            write(writing, "short.md", List.of(at("short.md", 0, "")));
            writing.commit(new IndexDescription("test", 2, "test"));
        }
        return index;
    }

    private static void write(
            dev.tandem.knowledge.index.PassageIndex.Writing writing, String path, List<Passage> passages) {
        writing.replace(
                new IndexedDocument(path, "/docs", "", Metadata.EMPTY, path, 1, 1, passages.size()),
                passages.stream()
                        .map(passage -> new StoredPassage(
                                passage, Metadata.EMPTY, passage.id(), new float[] {1, 0}, new byte[0]))
                        .toList());
    }
}
