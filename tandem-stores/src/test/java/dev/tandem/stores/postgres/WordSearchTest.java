package dev.tandem.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.index.Generated;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Beyond some thousand passages, words are found by sums of vectors: still what Lucene finds, whatever was written before. */
@EnabledIf(value = TestServer.IS_THERE, disabledReason = TestServer.NONE)
class WordSearchTest {
    private static final int PASSAGES_EACH = 5;
    private static final double ROUNDING = 1e-5;
    private static final int COMMON_WORDS = 2_000;

    private final TestServer server = new TestServer();
    private final Random random = new Random(17);

    @TempDir
    private Path folder;

    private PassageIndex postgres;
    private PassageIndex lucene;

    @BeforeEach
    void open() {
        postgres = server.open(folder.resolve("postgres"));
        lucene = LucenePassageIndex.open(folder.resolve("lucene"));
    }

    @AfterEach
    void close() {
        postgres.close();
        lucene.close();
        server.close();
    }

    @Test
    void findsWhatLuceneFindsWhateverWasWrittenBefore() throws SQLException {
        commit(writing -> put(writing, 0, 1_300, 20));
        assertThat(rowsOf("w1")).as("all words are weighed at once").isEqualTo(1);
        compare("at first");

        for (int i = 0; i < 40; i++) {
            int document = 10 * i;
            commit(writing -> put(writing, document, document + 1, 20));
        }
        assertThat(rowsOf("w1")).as("small commits are gathered").isBetween(2, 20);
        compare("after small commits");

        commit(writing -> put(writing, 1_300, 1_700, 20));
        compare("after passages reached the next block");

        commit(writing -> {
            for (int i = 0; i < 1_700; i += 4) {
                writing.delete(path(i));
            }
        });
        compare("after a quarter was deleted");

        commit(writing -> put(writing, 1_700, 1_720, 300));
        compare("after passages became longer");

        commit(writing -> {
            for (int i = 0; i < 1_720; i += 3) {
                writing.delete(path(i));
            }
        });
        compare("after more than a third was gone");
    }

    @Test
    void anIndexOfTheFormerFormatIsRefusedUntilItIsMadeAnew() throws SQLException {
        commit(writing -> put(writing, 0, 10, 20));
        try (var connections = new Connections(server.url(), Optional.empty(), TestServer.password());
                var connection = connections.open()) {
            Sql.of("alter table " + schema() + ".state drop weighed_average, drop weighed_passages, drop weighed_next")
                    .run(connection);
            Sql.of("update " + schema() + ".state set format = 2").run(connection);
        }
        assertThatThrownBy(postgres::snapshot)
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("tandem ingest --rebuild");
        try (var writing = postgres.writeAnew()) {
            put(writing, 0, 20, 20);
            writing.commit(Generated.DESCRIPTION);
        }
        try (var snapshot = postgres.snapshot()) {
            assertThat(snapshot.passageCount()).isEqualTo(20 * PASSAGES_EACH);
        }
    }

    private void commit(Consumer<PassageIndex.Writing> change) {
        for (var index : List.of(postgres, lucene)) {
            var before = random.nextLong();
            try (var writing = index.write()) {
                random.setSeed(before);
                change.accept(writing);
                writing.commit(Generated.DESCRIPTION);
            }
        }
    }

    private void put(PassageIndex.Writing writing, int from, int to, int words) {
        for (int i = from; i < to; i++) {
            // By the place alone, so that both indexes get the same.
            var chance = new Random(31L * i + words);
            var metadata = new Metadata(Map.of("share", List.of(new FieldValue.Numeric(i % 100))));
            var passages = new ArrayList<StoredPassage>();
            for (int ordinal = 0; ordinal < PASSAGES_EACH; ordinal++) {
                var text = words(chance, words) + (i % 100 >= 80 || chance.nextInt(200) == 0 ? " elsewhere " : "");
                passages.add(new StoredPassage(
                        new Passage(path(i), ordinal, "", List.of(), text, 0, words),
                        metadata,
                        i + "-" + ordinal,
                        Generated.vector(chance),
                        new byte[0]));
            }
            writing.replace(new IndexedDocument(path(i), "", "", metadata, "", 0, 0, PASSAGES_EACH), passages);
        }
    }

    private static String path(int document) {
        return "doc%05d.md".formatted(document);
    }

    /** Words of which number n stands about as often as 1/n. */
    private static String words(Random random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("w")
                    .append((int) Math.exp(random.nextDouble() * Math.log(COMMON_WORDS)))
                    .append(' ');
        }
        return text.toString();
    }

    private void compare(String when) {
        var filters = List.of(new Filter.All(), FilterParser.parse("share < 50"), FilterParser.parse("share < 10"));
        var questions = new ArrayList<>(
                List.of("w1", "w1 w1 w2", "w1999", "elsewhere", "elsewhere w3", "nowhere", "w1 nowhere"));
        for (int i = 1; i <= 20; i++) {
            questions.add(words(random, i));
        }
        try (var here = postgres.snapshot();
                var there = lucene.snapshot()) {
            assertThat(here.passageCount()).isEqualTo(there.passageCount());
            for (var question : questions) {
                for (var filter : filters) {
                    for (int count : List.of(5, 100)) {
                        requireSame(
                                here.searchWords(question, count, filter),
                                there.searchWords(question, count, filter),
                                "%s: %s, %s".formatted(when, question, filter));
                    }
                }
            }
        }
    }

    /** Scores differ by a rounding, so that passages of almost equal ones may change places, the last ones with some not found. */
    private static void requireSame(List<ScoredPassage> here, List<ScoredPassage> there, String what) {
        assertThat(here).as(what).hasSameSizeAs(there);
        for (int i = 0; i < here.size(); i++) {
            assertThat(here.get(i).score()).as(what).isCloseTo(there.get(i).score(), within(ROUNDING));
        }
        assertThat(aboveTheLast(here)).as(what).isEqualTo(aboveTheLast(there));
    }

    private static Set<String> aboveTheLast(List<ScoredPassage> found) {
        return found.stream()
                .filter(passage -> passage.score() > found.getLast().score() + 3 * ROUNDING)
                .map(passage -> passage.document() + "#" + passage.ordinal())
                .collect(Collectors.toSet());
    }

    private int rowsOf(String stem) throws SQLException {
        try (var connections = new Connections(server.url(), Optional.empty(), TestServer.password());
                var connection = connections.open()) {
            return Sql.of("select count(*)::int from " + schema() + ".weight_1 w join " + schema()
                            + ".term_1 t on t.id = w.term where t.stem = '" + stem + "'")
                    .first(connection, row -> row.getInt(1))
                    .orElse(0);
        }
    }

    private String schema() {
        return "\"" + server.schema(folder.resolve("postgres")) + "\"";
    }
}
