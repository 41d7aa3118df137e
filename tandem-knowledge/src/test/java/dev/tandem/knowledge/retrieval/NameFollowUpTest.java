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
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameFollowUpTest {
    private static final Filter ALL = new Filter.All();
    private static final String QUESTION = "When was the mother of Lothair II buried?";

    @TempDir
    Path folder;

    private LucenePassageIndex index;

    @BeforeEach
    void open() {
        index = LucenePassageIndex.open(folder);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void findsTheDocumentThatAFoundOneNames() {
        write(writing -> {
            add(writing, "king.md", "Lothair II", "Lothair II was a son of Ermengarde of Tours.");
            add(writing, "mother.md", "Ermengarde of Tours", "She lies at Erstein.");
            fill(writing);
        });

        var found = retriever(1).retrieve(QUESTION, 5, ALL);

        assertThat(documents(found)).contains("king.md", "mother.md");
        assertThat(found.hops()).singleElement().satisfies(hop -> {
            assertThat(hop.query()).isEqualTo("Ermengarde of Tours");
            assertThat(hop.reason()).isEqualTo("\"Lothair II\" names \"Ermengarde of Tours\".");
            assertThat(hop.found()).containsExactly("mother.md#0");
        });
    }

    @Test
    void takesNoHopForWhatIsInTheContext() {
        write(writing -> {
            addKing(writing);
            add(writing, "mother.md", "Ermengarde of Tours", "The mother of Lothair II was buried at Erstein.");
            fill(writing);
        });

        assertThat(retriever(1).retrieve(QUESTION, 5, ALL).hops()).isEmpty();
    }

    @Test
    void showsNothingOfATitleThatTheAskerMayNotSee() {
        write(writing -> {
            addKing(writing);
            add(writing, "mother.md", "Ermengarde of Tours", "She lies at Erstein.", "board");
            fill(writing);
        });

        var hidden = retriever(4).retrieve(QUESTION, 5, AccessList.restrict(ALL, List.of("ann")));
        var shown = retriever(1).retrieve(QUESTION, 5, AccessList.restrict(ALL, List.of("board")));

        assertThat(hidden.hops()).isEmpty();
        assertThat(hidden.timings()).doesNotContainKey("hop_1");
        assertThat(documents(hidden)).doesNotContain("mother.md");
        assertThat(documents(shown)).contains("mother.md");
    }

    @Test
    void followsATitleThatOnlyForbiddenDocumentsMakeAmbiguousOrLonger() {
        write(writing -> {
            addKing(writing);
            add(writing, "mother.md", "Ermengarde", "She lies at Erstein.");
            add(writing, "other.md", "Ermengarde", "Another one.", "board");
            add(writing, "longer.md", "Ermengarde of Tours", "A file on her.", "board");
            fill(writing);
        });

        var found = retriever(1).retrieve(QUESTION, 5, AccessList.restrict(ALL, List.of("ann")));

        assertThat(documents(found)).contains("mother.md");
        assertThat(found.hops().getFirst().reason()).isEqualTo("\"Lothair II\" names \"Ermengarde\".");
    }

    @Test
    void takesNoTitleInsideALongerWordNorInSmallLettersNorTwice() {
        write(writing -> {
            add(
                    writing,
                    "king.md",
                    "Lothair II",
                    "Lothair II, whose mother was buried, met Toursel and her kestrel before Adalgar.");
            add(writing, "a.md", "Tours", "A town.");
            add(writing, "b.md", "Kestrel", "A bird.");
            add(writing, "c.md", "Adalgar (bishop)", "One.");
            add(writing, "d.md", "Adalgar (count)", "Two.");
            fill(writing);
        });

        assertThat(retriever(1).retrieve(QUESTION, 5, ALL).hops()).isEmpty();
    }

    @Test
    void findsATitleWithoutItsBrackets() {
        write(writing -> {
            add(writing, "king.md", "Lothair II", "Lothair II, whose mother was buried, met Adalgar.");
            add(writing, "bishop.md", "Adalgar (bishop)", "One.");
            fill(writing);
        });

        assertThat(documents(retriever(1).retrieve(QUESTION, 5, ALL))).contains("bishop.md");
    }

    @Test
    void doesNotFollowWordsThatManyPassagesHold() {
        write(writing -> {
            add(writing, "king.md", "Lothair II", "Lothair II, whose mother was buried, gave Gift Cards.");
            add(writing, "cards.md", "Gift Cards", "They are valid for a year.");
            for (int i = 0; i < 12; i++) {
                add(writing, "shop" + i + ".md", "", "Here gift cards are sold, number " + i + ".");
            }
            fill(writing);
        });

        assertThat(retriever(1).retrieve(QUESTION, 5, ALL).hops()).isEmpty();
    }

    @Test
    void goesOnFromWhatAHopFoundAndStopsWhereNothingIsNamed() {
        write(writing -> {
            add(writing, "king.md", "Lothair II", "Lothair II, whose mother was buried, met Adalgar.");
            add(writing, "bishop.md", "Adalgar", "He came from Corvey.");
            add(writing, "abbey.md", "Corvey", "An abbey.");
            fill(writing);
        });

        var found = retriever(4).retrieve(QUESTION, 8, ALL);

        assertThat(found.hops()).hasSize(2);
        assertThat(documents(found)).contains("king.md", "bishop.md", "abbey.md");
    }

    @Test
    void readsNoFurtherIntoALongListThanTwoThousandWords() {
        write(writing -> {
            var names = IntStream.range(0, 3_000).mapToObj(i -> "Xn" + i).collect(Collectors.joining(" "));
            add(writing, "king.md", "Lothair II", "Lothair II, whose mother was buried: " + names);
            for (int i : new int[] {100, 2_500}) {
                add(writing, "n" + i + ".md", "Xn" + i, "One of many.");
            }
            fill(writing);
        });

        var hop = retriever(1).retrieve(QUESTION, 10, ALL).hops().getFirst();

        assertThat(hop.query()).contains("Xn100").doesNotContain("Xn2500");
    }

    @Test
    void looksAtTheFirstTwentyNamesOfATextOnly() {
        write(writing -> {
            add(
                    writing,
                    "short.md",
                    "Lothair II",
                    "Lothair II, whose mother was buried: " + "Gift Cards, ".repeat(18) + "Adalgar.");
            add(
                    writing,
                    "long.md",
                    "Hugbert",
                    "Hugbert, whose wife was crowned: " + "Gift Cards, ".repeat(19) + "Adalgar.");
            add(writing, "bishop.md", "Adalgar", "One.");
            add(writing, "cards.md", "Gift Cards", "They are valid for a year.");
            for (int i = 0; i < 12; i++) {
                add(writing, "shop" + i + ".md", "", "Here gift cards are sold, number " + i + ".");
            }
            fill(writing);
        });

        assertThat(documents(retriever(1).retrieve(QUESTION, 5, ALL))).contains("bishop.md");
        assertThat(retriever(1)
                        .retrieve("When was the wife of Hugbert crowned?", 5, ALL)
                        .hops())
                .isEmpty();
    }

    @Test
    void takesOneLookWhereNoDocumentHasATitle() {
        write(writing -> {
            add(writing, "king.md", "", "Lothair II, whose mother was buried, met Adalgar.");
            add(writing, "bishop.md", "", "Adalgar was a bishop.");
            fill(writing);
        });

        assertThat(retriever(2).retrieve(QUESTION, 5, ALL).hops()).isEmpty();
    }

    private static void addKing(PassageIndex.Writing writing) {
        add(writing, "king.md", "Lothair II", "Lothair II was a son of Ermengarde of Tours. His mother was buried.");
    }

    /** What the first look finds beside the answer, so that nothing else is within reach. */
    private static void fill(PassageIndex.Writing writing) {
        for (int i = 0; i < 6; i++) {
            add(writing, "z" + i + ".md", "", "Somebody was buried here, mother of a lord, grave " + i + ".");
        }
    }

    private void write(java.util.function.Consumer<PassageIndex.Writing> documents) {
        try (var writing = index.write()) {
            documents.accept(writing);
            writing.commit(new IndexDescription("test", 2, "test"));
        }
    }

    private static void add(PassageIndex.Writing writing, String path, String title, String text, String... access) {
        var names = java.util.Arrays.stream(access)
                .map(name -> (FieldValue) new FieldValue.Text(name))
                .toList();
        var metadata =
                new Metadata(names.isEmpty() ? Map.<String, List<FieldValue>>of() : Map.of(AccessList.FIELD, names));
        var passage = new Passage(path, 0, title, List.of(), text, 0, 12);
        writing.replace(
                new IndexedDocument(path, "/docs", title, metadata, path, 1, 1, 1),
                List.of(new StoredPassage(passage, metadata, path, new float[] {1, 0}, new byte[0])));
    }

    private MultiHopRetriever retriever(int hops) {
        return new MultiHopRetriever(this::both, new GapFollowUp(index), hops);
    }

    /** By words, and behind those that have none of them what a vector finds within a filter. */
    private Retrieval both(String question, int count, Filter filter) {
        try (var snapshot = index.snapshot()) {
            var hits = new java.util.ArrayList<>(snapshot.searchWords(question, count, filter));
            if (hits.isEmpty() || filter.toString().contains("path")) {
                snapshot.searchVector(new float[] {1, 0}, count, filter).stream()
                        .filter(hit -> hits.stream().noneMatch(known -> known.key() == hit.key()))
                        .forEach(hits::add);
            }
            return FoundPassages.of(question, snapshot, hits);
        }
    }
}
