package dev.tandem.knowledge.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.Stems;
import dev.tandem.knowledge.retrieval.FoundPassages;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TokenVectors;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopedRetrieverTest {
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
                    "hr/travel-2023.md",
                    "Business travel policy 2023",
                    "hr policy 2023-02-01",
                    "A hotel may cost 150 EUR.");
            add(writing, "hr/travel.md", "Business travel policy", "hr policy 2025-06-01", "A hotel may cost 190 EUR.");
            add(
                    writing,
                    "hr/leave.md",
                    "Parental leave",
                    "hr handbook 2025-03-10",
                    "Parental leave lasts 20 weeks at full pay.");
            add(
                    writing,
                    "it/security.md",
                    "Security handbook",
                    "it handbook 2024-05-05",
                    "Reset a lost password at the service desk.");
            add(
                    writing,
                    "it/laptops.md",
                    "Equipment",
                    "it policy 2024-11-20",
                    "A laptop costs 1200 EUR and lasts 4 years.");
            add(
                    writing,
                    "legal/terms.md",
                    "Terms of sale",
                    "legal policy 2022-01-01",
                    "A hotel voucher is valid for 3 years.");
            add(
                    writing,
                    "it/rota.md",
                    "Rota",
                    "on-call-and-support rota 2024-03-03",
                    "Whoever is on call at a hotel brings a laptop.");
            add(writing, "board/plan.md", "Secret plan", "board memo 2026-01-01", "The hotel chain will be sold.");
            writing.commit(new IndexDescription("test", 2, "test"));
        }
    }

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What may a hotel cost in the 2023 travel policy?|hr/travel-2023.md",
                "What may a hotel cost according to the travel policy of 2023?|hr/travel-2023.md",
                "In the 2025 travel policy, what may a hotel cost?|hr/travel.md",
                "What does the travel policy say of a hotel in 2023?|hr/travel-2023.md hr/travel.md",
                "How long does parental leave last in the HR handbook?|hr/leave.md",
                "How do I reset a password according to the IT handbook?|it/security.md",
                "What may a laptop cost in the documents of the IT department?|it/laptops.md it/security.md",
                "What is written of a hotel in policies from 2022?|legal/terms.md",
                "What may a hotel cost in policies updated since 2025-01-01?|hr/travel.md",
                "How long is the leave in the parental leave page?|hr/leave.md",
                "How long is the leave in the UK at full pay according to the parental leave page?|hr/leave.md",
                "According to \"Parental leave\", how long does it last?|hr/leave.md",
                "According to the parental leave page, how long does it last?|hr/leave.md",
                "In the parental leave page, how long is the leave and what is the pay?|hr/leave.md",
                "How long is a hotel voucher valid according to the terms of sale agreement?|legal/terms.md",
                "Who is on call at a hotel in the on-call and support documents?|it/rota.md",
            })
    void looksOnlyIntoTheDocumentsThatTheQuestionNames(String question, String documents) {
        var found = scoped().retrieve(question, 10, ALL);

        assertThat(paths(found)).isSubsetOf(documents.split(" ", -1));
        assertThat(paths(found)).isNotEmpty();
        assertThat(found.remarks()).singleElement().asString().startsWith("Only what the question names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Does it cost more than a hotel?",
                "What does \"hotel\" mean in \"the quantum theory\"?",
                "What stands under \"travel\" on hotels?",
                "Whom in the it department do I ask for a laptop?",
                "Can the IT department reset a password?",
                "What did hotels cost in 2023?",
                "Is parental leave paid for policy makers?",
                "What may a hotel cost in the quantum policy?",
                "What may a hotel cost in the IT budget plan?",
                "How does the 2023 travel policy differ from the one of 2025?",
                "What may a hotel cost, and what does the leave page say of pay?",
                "Which hotels are not in the travel policy?",
                "What is written in the policy on hotels?",
                "hotel",
                "it",
                "IT",
                "in",
                "in the",
                "according to",
                "2023",
                "documents from",
                "in the 2023",
            })
    void looksEverywhereWhereWordsOnlyHappenToBeValues(String question) {
        var found = scoped().retrieve(question, 10, ALL);

        assertThat(found.remarks()).isEmpty();
        assertThat(paths(found)).isEqualTo(paths(words().retrieve(question, 10, ALL)));
    }

    @Test
    void leavesOutAYearThatNoSuchDocumentIsOfAndSaysSo() {
        var found = scoped().retrieve("What may a hotel cost in the 2019 travel policy?", 10, ALL);

        assertThat(paths(found)).containsExactlyInAnyOrder("hr/travel.md", "hr/travel-2023.md");
        assertThat(found.remarks()).hasSize(2);
        assertThat(found.remarks().getFirst())
                .contains("No document fits \"2019 travel policy\"", "\"2019\" was left out");
    }

    @Test
    void searchesAllDocumentsForTheQuestionAsItIsWrittenWhereTheNamedOnesAnswerNothing() {
        var question = "What may a hotel cost according to the security handbook?";

        var found = scoped().retrieve(question, 10, ALL);

        assertThat(paths(found))
                .contains("hr/travel.md", "it/security.md")
                .isEqualTo(paths(words().retrieve(question, 10, ALL)));
        assertThat(found.question()).isEqualTo(question);
        assertThat(found.remarks())
                .singleElement()
                .asString()
                .contains("\"security handbook\"", "all documents were searched");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What may a hotel cost according to the travel policy of 2023?|What may a hotel cost ?
            In our travel policy, what may a hotel cost?|, what may a hotel cost?
            According to "Parental leave", how long does it last?|, how long does it last?
            """)
    void comparesByWhatIsAskedApartFromTheNames(String question, String asked) {
        var compared = new HashSet<String>();
        Retriever oneLook = (text, count, filter) -> {
            compared.add(text);
            return words().retrieve(text, count, filter);
        };

        new ScopedRetriever(words(), oneLook, index).retrieve(question, 10, ALL);

        assertThat(compared).containsExactly(asked);
    }

    @Test
    void keepsTheCallersFilterWhateverTheQuestionSays() {
        var found = scoped().retrieve(
                        "What may a hotel cost in the travel policy?", 10, FilterParser.parse("updated < 2024-01-01"));

        assertThat(paths(found)).containsExactly("hr/travel-2023.md");
    }

    @Test
    void knowsNoNamesOfDocumentsThatTheCallerMayNotSee() {
        var ann = AccessList.restrict(ALL, List.of("ann"));
        var question = "What will be sold of the hotel chain according to the secret plan?";

        var hers = scoped().retrieve(question, 10, ann);
        var theirs = scoped().retrieve(question, 10, AccessList.restrict(ALL, List.of("board")));

        assertThat(hers.remarks()).isEmpty();
        assertThat(paths(hers)).doesNotContain("board/plan.md").isNotEmpty();
        assertThat(paths(theirs)).containsExactly("board/plan.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What may a hotel cost in the 2023-13-45 travel policy?",
                "What may a hotel cost in policies from 2023-02-30?",
                "What may a hotel cost in policies updated since 99999?",
                "What may a hotel cost in policies updated before 1900-01-01?",
            })
    void neverFindsNothingForADateThatIsNone(String question) {
        assertThat(paths(scoped().retrieve(question, 10, ALL))).isNotEmpty();
    }

    @Test
    void findsNothingInAnEmptyIndexWithoutFailing(@TempDir Path empty) {
        try (var none = LucenePassageIndex.open(empty)) {
            Retriever nothing = (question, count, filter) ->
                    new Retrieval(question, new Encoding(new float[2], TokenVectors.NONE), List.of(), Map.of());

            assertThat(new ScopedRetriever(nothing, nothing, none)
                            .retrieve("What may a hotel cost in the 2023 travel policy?", 10, ALL)
                            .passages())
                    .isEmpty();
        }
    }

    @Test
    void findsItsWayAmongThousandsOfValues() {
        try (var writing = index.write()) {
            for (int i = 0; i < 3_000; i++) {
                add(
                        writing,
                        "notes/n" + i + ".md",
                        "Note",
                        "team" + i + " memo 2025-01-01",
                        "A hotel costs " + i + " EUR.");
            }
            writing.commit(new IndexDescription("test", 2, "test"));
        }

        assertThat(paths(scoped().retrieve("What does a hotel cost in the team2718 memo?", 10, ALL)))
                .containsExactly("notes/n2718.md");
    }

    @Test
    void seesADocumentThatIsAddedLater() {
        var retriever = scoped();
        assertThat(retriever
                        .retrieve("What may a hotel cost in the fleet policy?", 10, ALL)
                        .remarks())
                .isEmpty();

        try (var writing = index.write()) {
            add(writing, "hr/fleet.md", "Fleet policy", "hr policy 2025-01-01", "A hotel may cost 90 EUR with a car.");
            writing.commit(new IndexDescription("test", 2, "test"));
        }

        assertThat(paths(retriever.retrieve("What may a hotel cost in the fleet policy?", 10, ALL)))
                .containsExactly("hr/fleet.md");
    }

    private ScopedRetriever scoped() {
        return new ScopedRetriever(words(), words(), index);
    }

    /** The index's own search by words; similar is what shares words. */
    private Retriever words() {
        return (question, count, filter) -> {
            try (var snapshot = index.snapshot()) {
                var found = snapshot.searchWords(question, count, filter);
                return FoundPassages.of(question, snapshot, found, passage -> shared(question, passage.text()));
            }
        };
    }

    private static double shared(String question, String text) {
        var words = stems(question);
        int all = words.size();
        words.retainAll(stems(text));
        return words.size() / (double) Math.max(1, all);
    }

    private static Set<String> stems(String text) {
        return Stems.of(text).stream().map(Stems.Stem::stem).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> paths(Retrieval retrieval) {
        return retrieval.passages().stream()
                .map(passage -> passage.passage().document())
                .toList();
    }

    /** A document with its department, category and date; those of the board are for the board. */
    private static void add(PassageIndex.Writing writing, String path, String title, String fields, String text) {
        var parts = fields.split(" ", -1);
        var values = new TreeMap<String, List<FieldValue>>();
        values.put("department", List.of(new FieldValue.Text(parts[0])));
        values.put("category", List.of(new FieldValue.Text(parts[1])));
        values.put("updated", List.of(FieldValue.parse(parts[2])));
        if (parts[0].equals("board")) {
            values.put(AccessList.FIELD, List.of(new FieldValue.Text("board")));
        }
        var metadata = new Metadata(values);
        writing.replace(
                new IndexedDocument(path, "/docs", title, metadata, path, 1, 1, 1),
                List.of(new StoredPassage(
                        new Passage(path, 0, title, List.of(), text, 0, 12),
                        metadata,
                        path,
                        new float[] {1, 0},
                        new byte[0])));
    }
}
