package dev.tandem.evaluation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.run.Evaluation;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.run.ScriptedStrategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedEvaluationTest {
    private static final int QUESTIONS = 14;

    private static final TextEncoder ENCODER = OnnxTextEncoder.bundled();

    private final Path folder;
    private final TestSet testSet;
    private final RunStore store;

    LoggedEvaluationTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        var file = folder.resolve("testset.jsonl");
        Files.write(
                file,
                IntStream.range(0, QUESTIONS)
                        .mapToObj(i -> i % 5 == 0
                                ? "{\"id\": \"q%d\", \"question\": \"Who sings number %d?\"}".formatted(i, i)
                                : """
                                {"id": "q%d", "question": "How long is leave %d?", "answers": ["%d weeks"], "documents": ["d%d.md"]}""".formatted(i, i, i, i % 3))
                        .toList());
        testSet = TestSet.read(file);
        store = RunStore.open(new SqlitePlace(folder.resolve("runs.db")));
    }

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRunThatWasKilledAtAnyQuestionGoesOnAndEndsAsAnUnbrokenOne(long seed) {
        var whole = evaluate(RunStore.open(new SqlitePlace(folder.resolve("whole.db"))), strategy("1"), request());
        var random = new Random(seed);
        int first = random.nextInt(1, QUESTIONS - 2);
        // Like a kill in the midst of a question: nothing of the evaluation runs after it.
        assertThatThrownBy(() -> evaluate(dying(first), request())).isInstanceOf(Killed.class);
        assertThat(store.list()).singleElement().matches(run -> run.finished().isEmpty());
        assertThat(store.examples(store.list().getFirst().id())).hasSize(first);

        var stoppedAgain = stopAfter(2, strategy("1"));
        assertThat(stoppedAgain.run().finished()).isEmpty();
        assertThat(stoppedAgain.before()).isEqualTo(first);

        var strategy = strategy("1");
        var resumed = evaluate(RunStore.open(new SqlitePlace(folder.resolve("runs.db"))), strategy, request());
        assertThat(resumed.run().id()).isEqualTo(store.list().getFirst().id());
        assertThat(store.list()).hasSize(1);
        assertThat(strategy.asked).hasSize(QUESTIONS - first - 2);
        assertThat(resumed.examples()).isEqualTo(whole.examples());
        assertThat(resumed.run().summaries()).isEqualTo(whole.run().summaries());
    }

    @Test
    void theSameConfigurationTwiceGivesTheSameNumbersInTwoRuns() {
        var first = evaluate(store, strategy("1"), request());
        var second = evaluate(store, strategy("1"), request());
        assertThat(second.run().id()).isNotEqualTo(first.run().id());
        assertThat(second.run().summaries()).isEqualTo(first.run().summaries()).isNotEmpty();
        assertThat(second.run().configuration()).isEqualTo(first.run().configuration());
    }

    @Test
    void whatIsReadBackIsWhatWasMeasured() {
        var outcome = evaluate(store, strategy("1"), request());
        var other = RunStore.open(new SqlitePlace(folder.resolve("runs.db")));
        assertThat(other.run(outcome.run().id())).contains(outcome.run());
        assertThat(other.examples(outcome.run().id()))
                .extracting(each -> each.testCase())
                .isEqualTo(testSet.cases());
        assertThat(outcome.run().summaries())
                .filteredOn(each -> each.type().equals("all"))
                .extracting(MetricSummary::metric)
                .contains("accuracy", "f1", "recall@5", "abstention_recall", "latency_p99_ms");
    }

    @Test
    void anotherConfigurationOrNewBeginsAnotherRun() {
        var stopped = stopAfter(3, strategy("1"));
        assertThat(evaluate(store, strategy("2"), request()).before()).isZero();
        var fresh = new LoggedEvaluation.Request(Optional.empty(), true, "1");
        assertThat(evaluate(store, strategy("1"), fresh).before()).isZero();
        var otherVersion = new LoggedEvaluation.Request(Optional.empty(), false, "2");
        assertThat(evaluate(store, strategy("1"), otherVersion).before()).isZero();
        var goesOn = evaluate(store, strategy("1"), request());
        assertThat(goesOn.before()).isEqualTo(3);
        assertThat(goesOn.run().id()).isEqualTo(stopped.run().id());
    }

    @Test
    void whatFailedIsAskedAgainWhenARunGoesOn() {
        var stopped = logged().evaluate(
                        testSet,
                        new ScriptedStrategy("1", asked -> ScriptedStrategy.failed("The server is away.")),
                        request(),
                        Progress.silent(),
                        after(4));
        assertThat(stopped.failed()).isEqualTo(4);
        var mended = evaluate(store, strategy("1"), request());
        assertThat(mended.run().id()).isEqualTo(stopped.run().id());
        assertThat(mended.failed()).isZero();
        assertThat(mended.examples()).hasSize(QUESTIONS);
    }

    @Test
    void aNameIsTheRunsIdAndIsTakenOnce() {
        var named = new LoggedEvaluation.Request(Optional.of("baseline"), false, "1");
        assertThat(evaluate(store, strategy("1"), named).run().id()).isEqualTo("baseline");
        assertThatThrownBy(() -> evaluate(store, strategy("1"), named))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("There is a run baseline already");
        assertThatThrownBy(() ->
                        evaluate(store, strategy("1"), new LoggedEvaluation.Request(Optional.of("last~1"), false, "1")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("cannot be named");
    }

    @Test
    void aFullDiskEndsTheRunAndKeepsWhatWasMeasured() {
        var small = RunStore.open(folder.resolve("small.db"), 22);
        assertThatThrownBy(() -> evaluate(small, strategy("1"), request()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("The disk is full");
        var run = small.list().getFirst();
        int kept = small.measured(run.id());
        assertThat(kept).isBetween(1, QUESTIONS - 1);
        var resumed = evaluate(RunStore.open(new SqlitePlace(folder.resolve("small.db"))), strategy("1"), request());
        assertThat(resumed.before()).isEqualTo(kept);
        assertThat(resumed.run().finished()).isPresent();
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private ScriptedStrategy dying(int after) {
        int[] asked = new int[1];
        return new ScriptedStrategy("1", testCase -> {
            if (asked[0]++ == after) {
                throw new Killed();
            }
            return answer(testCase);
        });
    }

    private static ScriptedStrategy strategy(String indexHash) {
        return new ScriptedStrategy(indexHash, LoggedEvaluationTest::answer);
    }

    private static StrategyAnswer answer(TestCase testCase) {
        int number = Integer.parseInt(testCase.id().substring(1));
        var passage = "Leave " + number + " lasts " + number + " weeks and \"is\" paid.".repeat(40);
        return number % 10 == 0
                ? ScriptedStrategy.declined("d0.md", passage)
                : ScriptedStrategy.answer(
                        "It is " + number + (number % 4 == 0 ? " days." : " weeks."),
                        "d" + number % 2 + ".md",
                        passage);
    }

    private LoggedEvaluation.Outcome stopAfter(int questions, ScriptedStrategy strategy) {
        return logged().evaluate(testSet, strategy, request(), Progress.silent(), after(questions));
    }

    private static java.util.function.BooleanSupplier after(int questions) {
        int[] asked = new int[1];
        return () -> asked[0]++ >= questions;
    }

    private LoggedEvaluation.Outcome evaluate(ScriptedStrategy strategy, LoggedEvaluation.Request request) {
        return evaluate(store, strategy, request);
    }

    private LoggedEvaluation.Outcome evaluate(
            RunStore into, ScriptedStrategy strategy, LoggedEvaluation.Request request) {
        return new LoggedEvaluation(into, evaluation())
                .evaluate(testSet, strategy, request, Progress.silent(), () -> false);
    }

    private LoggedEvaluation logged() {
        return new LoggedEvaluation(store, evaluation());
    }

    private Evaluation evaluation() {
        return new Evaluation(EvaluationSettings.DEFAULT, Optional.empty(), new SemanticSimilarity(ENCODER));
    }

    private static LoggedEvaluation.Request request() {
        return new LoggedEvaluation.Request(Optional.empty(), false, "1");
    }
}
