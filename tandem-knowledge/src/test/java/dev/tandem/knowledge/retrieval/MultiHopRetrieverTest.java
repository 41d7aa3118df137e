package dev.tandem.knowledge.retrieval;

import static dev.tandem.knowledge.retrieval.FoundPassages.documents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiHopRetrieverTest {
    private static final Filter ALL = new Filter.All();

    @TempDir
    Path folder;

    private LucenePassageIndex index;

    @BeforeEach
    void indexDocuments() {
        index = LucenePassageIndex.open(folder);
        try (var writing = index.write()) {
            add(
                    writing,
                    "test.md",
                    "The wind test of the tents was won by the Skarn Expedition at Hardanger.",
                    Map.of());
            add(writing, "price.md", "The Skarn Expedition costs 890 EUR.", Map.of());
            add(writing, "boots.md", "Boots cost 210 EUR in the sale.", Map.of());
            add(writing, "rope.md", "A rope of 60 metres costs 140 EUR.", Map.of());
            add(writing, "stove.md", "The stove burns gas for 90 minutes.", Map.of());
            add(
                    writing,
                    "secret.md",
                    "The Skarn Expedition costs 300 EUR to make, margin 590 EUR.",
                    Map.of(AccessList.FIELD, List.of(new FieldValue.Text("board"))));
            writing.commit(new IndexDescription("test", 2, "test"));
        }
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void looksForEachThingThatIsAskedFor() {
        var found = retriever(1).retrieve("Which tent won the wind test, and how long does the stove burn?", 5, ALL);

        assertThat(found.hops()).hasSize(1);
        assertThat(found.hops().getFirst().query()).isEqualTo("how long does the stove burn?");
        assertThat(found.hops().getFirst().reason()).contains("2 things");
        assertThat(documents(found)).contains("test.md", "stove.md");
    }

    @Test
    void looksForTheWordsThatAreLacking() {
        var found = new MultiHopRetriever(one(), new GapFollowUp(index), 1)
                .retrieve("Who won the wind test of boots?", 4, ALL);

        assertThat(found.hops()).singleElement().satisfies(hop -> {
            assertThat(hop.query()).isEqualTo("boots");
            assertThat(hop.reason()).isEqualTo("The passages found first say nothing of \"boots\".");
            assertThat(hop.found()).containsExactly("boots.md#0");
        });
    }

    @Test
    void whatBothLooksFindRisesBehindTheThreeInFront() {
        FollowUp words = (question, found, before, filter) -> Optional.of(new FollowUp.Query("gas", "", false));
        Retriever looks = (question, count, filter) -> question.equals("gas")
                ? inOrder("stove.md", "secret.md")
                : inOrder("test.md", "boots.md", "rope.md", "price.md", "stove.md");

        var found = new MultiHopRetriever(looks, words, 1).retrieve("Anything?", 6, ALL);

        assertThat(documents(found))
                .containsExactly("test.md", "boots.md", "rope.md", "stove.md", "price.md", "secret.md");
        assertThat(found.hops().getFirst().found()).containsExactly("secret.md#0");
    }

    private Retrieval inOrder(String... documents) {
        var all = words().retrieve("Skarn boots rope stove", 10, ALL);
        return all.withPassages(Stream.of(documents)
                .flatMap(document -> all.passages().stream()
                        .filter(passage -> passage.passage().document().equals(document)))
                .toList());
    }

    @Test
    void takesOneLookWhereNothingIsLacking() {
        var found = retriever(2).retrieve("How long does the stove burn gas?", 5, ALL);

        assertThat(found.hops()).isEmpty();
        assertThat(found.timings()).doesNotContainKey("hop_1");
    }

    @Test
    void doesNotLookForWordsThatNoPassageHas() {
        assertThat(retriever(2)
                        .retrieve("How long does the stove burn kryptonite?", 5, ALL)
                        .hops())
                .isEmpty();
    }

    @Test
    void keepsTheBestOfTheFirstLookInFront() {
        var question = "Which tent won the wind test, and what do boots cost in the sale?";

        assertThat(documents(retriever(1).retrieve(question, 5, ALL)).subList(0, 3))
                .isEqualTo(documents(words().retrieve(question, 5, ALL)).subList(0, 3));
    }

    @Test
    void neverReachesWhatTheCallerMayNotSee() {
        var visible = AccessList.restrict(ALL, List.of("ann"));

        var found = retriever(4)
                .retrieve("Which tent won the wind test, and what margin does the Skarn Expedition make?", 6, visible);

        assertThat(documents(found)).doesNotContain("secret.md");
        assertThat(found.hops()).allSatisfy(hop -> assertThat(hop.found()).noneMatch(id -> id.startsWith("secret.md")));
    }

    @Test
    void doesNotShowByLookingAgainWhichWordsForbiddenDocumentsHave() {
        var visible = AccessList.restrict(ALL, List.of("ann"));
        var board = AccessList.restrict(ALL, List.of("board"));
        var retriever = new MultiHopRetriever(one(), new GapFollowUp(index), 1);

        assertThat(retriever.retrieve("stove margin", 4, visible).hops()).isEmpty();
        assertThat(retriever.retrieve("stove margin", 4, board).hops()).hasSize(1);
    }

    /** The best passage by words, whatever the count. */
    private Retriever one() {
        return (question, count, filter) -> {
            var found = words().retrieve(question, count, filter);
            return found.withPassages(found.passages().subList(0, 1));
        };
    }

    private MultiHopRetriever retriever(int hops) {
        return new MultiHopRetriever(words(), new GapFollowUp(index), hops);
    }

    /** The index's own search by words. */
    private Retriever words() {
        return (question, count, filter) -> {
            try (var snapshot = index.snapshot()) {
                return FoundPassages.of(question, snapshot, snapshot.searchWords(question, count, filter));
            }
        };
    }

    private static void add(
            dev.tandem.knowledge.index.PassageIndex.Writing writing,
            String path,
            String text,
            Map<String, List<FieldValue>> fields) {
        var metadata = new Metadata(fields);
        var passage = new Passage(path, 0, "", List.of(), text, 0, 12);
        writing.replace(
                new IndexedDocument(path, "/docs", "", metadata, path, 1, 1, 1),
                List.of(new StoredPassage(passage, metadata, path, new float[] {1, 0}, new byte[0])));
    }
}
