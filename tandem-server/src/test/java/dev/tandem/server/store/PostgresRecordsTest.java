package dev.tandem.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace.PostgresPlace;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.feedback.Feedback;
import dev.tandem.server.feedback.FeedbackStore;
import dev.tandem.server.feedback.KeptAnswer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of runs and feedback, in a file and at a real PostgreSQL: the same. */
@EnabledIfEnvironmentVariable(named = TestPostgres.VARIABLE, matches = ".+", disabledReason = "no PostgreSQL is named")
class PostgresRecordsTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void runsAreReadBackAsFromAFile() {
        try (var postgres = new TestPostgres(folder, "runs")) {
            var file = filled(RunStore.open(new SqlitePlace(folder.resolve("runs.db"))));
            var server = filled(RunStore.open(postgres.place()));
            assertThat(server.list()).hasSize(2).isEqualTo(file.list());
            assertThat(server.examples("first")).hasSize(2).isEqualTo(file.examples("first"));
            assertThat(server.unfinished(run("third"))).isEqualTo(file.unfinished(run("third")));
            assertThat(RunStore.openExisting(postgres.place()).run("first")).isEqualTo(file.run("first"));
            assertThatThrownBy(() -> server.begin(run("first")))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("There is a run first already");
        }
    }

    private static RunStore filled(RunStore store) {
        store.begin(run("first"));
        store.begin(run("second"));
        store.add("first", 0, example("q1", "was replaced"));
        store.add("first", 1, example("q2", "two"));
        store.add("first", 0, example("q1", "one"));
        store.finish(new EvaluationRun(
                "first",
                "rag",
                "t.jsonl",
                "hash",
                Map.of("k", "5"),
                1L << 40,
                "1",
                NOON,
                Optional.of(NOON.plusMillis(1)),
                List.of(
                        new MetricSummary(
                                "f1", "all", 1 / 3d, Optional.of(new BootstrapInterval(0.1, 0.7, 0.95, 1000, 7)), 2, 0),
                        new MetricSummary("latency_p95_ms", "all", 12.5, Optional.empty(), 2, 1))));
        return store;
    }

    private static EvaluationRun run(String id) {
        return new EvaluationRun(
                id, "rag", "t.jsonl", "hash", Map.of("k", "5"), 1L << 40, "1", NOON, Optional.empty(), List.of());
    }

    private static ExampleResult example(String id, String failure) {
        var question = new TestCase(
                id,
                "Wie lang, \u2019Ærlig\u2019?",
                List.of("26 weeks"),
                List.of("leave.md"),
                QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("written"),
                true);
        return new ExampleResult(
                question, Optional.empty(), Optional.of(failure), Map.of("f1", 1 / 3d), List.of("a sentence"));
    }

    @Test
    void feedbackIsKeptReplacedListedAndErasedAsInAFile() {
        try (var postgres = new TestPostgres(folder, "feedback")) {
            Stream.of(new SqlitePlace(folder.resolve("server.db")), postgres.place())
                    .forEach(place -> {
                        var store = new FeedbackStore(ServerDatabase.at(place));
                        store.add(feedback("anna", "anna", "a", "first thought", 0));
                        var kept = store.add(feedback("anna", "anna", "a", "second thought", 1));
                        store.add(feedback("ben", "anna", "b", "on an answer to anna", 500));
                        store.add(feedback("ben", "ben", "c", "ben's own", 1500));
                        store.madeTestCase(kept.id(), "case-1");
                        store.madeTrainingExample(kept.id());
                        assertThat(store.page(0, 2))
                                .extracting(each -> each.comment().orElse(""))
                                .containsExactly("ben's own", "on an answer to anna");
                        assertThat(store.find(kept.id())).hasValueSatisfying(found -> {
                            assertThat(found.comment()).contains("second thought");
                            assertThat(found.trainingExample()).isTrue();
                        });
                        assertThat(store.erase("anna")).isEqualTo(new FeedbackStore.Erased(0, 2, List.of("case-1"), 1));
                        assertThat(store.page(0, 9))
                                .singleElement()
                                .matches(each -> each.caller().equals("ben"));
                    });
        }
    }

    private static Feedback feedback(String caller, String asker, String answer, String comment, int millis) {
        var time = NOON.plusMillis(millis);
        var kept = new KeptAnswer(
                answer,
                time,
                asker,
                "tandem/rag",
                List.of(new KeptAnswer.Message("user", "How long?")),
                "26 weeks [1].",
                false,
                List.of(),
                List.of(),
                Map.of(),
                1);
        return new Feedback(
                0,
                time,
                caller,
                Feedback.Rating.DOWN,
                List.of(),
                Optional.empty(),
                Optional.of(comment),
                kept,
                Optional.empty(),
                false);
    }

    @Test
    void severalServersMakeTheSchemaOnceAndLoseNothingOfEachOther() throws Exception {
        try (var postgres = new TestPostgres(folder, "several");
                var threads = Executors.newFixedThreadPool(4)) {
            var servers = Stream.of("w", "x", "y", "z")
                    .map(name -> threads.submit(() -> {
                        var store = new FeedbackStore(ServerDatabase.at(postgres.place()));
                        for (int i = 0; i < 10; i++) {
                            store.add(feedback(name, name, "a" + i % 5, name + i, i));
                        }
                        return store.count();
                    }))
                    .toList();
            for (var server : servers) {
                server.get();
            }
            assertThat(new FeedbackStore(ServerDatabase.at(postgres.place())).count())
                    .isEqualTo(20);
        }
    }

    @Test
    void aServerThatIsNotThereIsToldOfInASentence() {
        var nowhere = new PostgresPlace(
                "jdbc:postgresql://127.0.0.1:9/tandem", Optional.of("x"), Optional.of("secret"), "kb_runs");
        assertThatThrownBy(() -> RunStore.open(nowhere))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("There is no answer from PostgreSQL, which keeps the runs (kb_runs at")
                .hasMessageContaining("start it, or set store.url")
                .hasMessageNotContaining("secret");
        assertThat(nowhere.toString()).doesNotContain("secret");
    }
}
