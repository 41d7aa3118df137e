package dev.tandem.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.run.RunComparison.ConfigurationDifference;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    @Test
    void metricsAreComparedOverTheQuestionsThatHaveThemInBoth() {
        var first = new ArrayList<ExampleResult>();
        var second = new ArrayList<ExampleResult>();
        for (int i = 0; i < 40; i++) {
            first.add(result("q" + i, Map.of("accuracy", i % 4 == 0 ? 1.0 : 0.0, "f1", 0.5)));
            second.add(result("q" + i, i == 39 ? Map.of("f1", 0.5) : Map.of("accuracy", 1.0, "f1", 0.5)));
        }
        var comparison = compare(first, second);
        assertThat(comparison.metrics())
                .extracting(RunComparison.MetricDifference::metric)
                .containsExactly("accuracy", "f1");
        var accuracy = comparison.metrics().getFirst();
        assertThat(accuracy.examples()).isEqualTo(39);
        assertThat(accuracy.first()).isCloseTo(10 / 39.0, within(1e-12));
        assertThat(accuracy.difference()).isCloseTo(29 / 39.0, within(1e-12));
        assertThat(accuracy.isBeyondChance()).isTrue();
        var f1 = comparison.metrics().get(1);
        assertThat(f1.difference()).isZero();
        assertThat(f1.isBeyondChance()).isFalse();
    }

    @Test
    void examplesAreBetterOrWorseByAccuracyThenByWordsAndAFailureIsWorst() {
        var first = List.of(
                result("right-now", Map.of("accuracy", 0.0, "f1", 0.9)),
                result("more-words", Map.of("accuracy", 1.0, "f1", 0.2)),
                result("same", Map.of("accuracy", 1.0, "f1", 0.2)),
                result("wrong-now", Map.of("accuracy", 1.0, "f1", 0.2)),
                result("fails-now", Map.of("accuracy", 1.0)));
        var second = List.of(
                result("right-now", Map.of("accuracy", 1.0, "f1", 0.1)),
                result("more-words", Map.of("accuracy", 1.0, "f1", 0.4)),
                result("same", Map.of("accuracy", 1.0, "f1", 0.2)),
                result("wrong-now", Map.of("accuracy", 0.0, "f1", 0.3)),
                new ExampleResult(testCase("fails-now"), Optional.empty(), Optional.of("Away."), Map.of(), List.of()));
        var comparison = compare(first, second);
        assertThat(comparison.better())
                .extracting(each -> each.first().testCase().id() + " " + each.metric())
                .containsExactly("right-now accuracy", "more-words f1");
        assertThat(comparison.worse())
                .extracting(each -> each.first().testCase().id() + " " + each.metric())
                .containsExactlyInAnyOrder("wrong-now accuracy", "fails-now answered");
    }

    @Test
    void runsOfDifferentTestSetsAreComparedOverTheQuestionsTheyShareOrNotAtAll() {
        var first = List.of(result("a", Map.of("f1", 1.0)), result("b", Map.of("f1", 1.0)));
        assertThat(compare(first, List.of(result("b", Map.of("f1", 0.5)))).common())
                .isEqualTo(1);
        assertThatThrownBy(() -> compare(first, List.of(result("c", Map.of("f1", 1.0)))))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("have no question in common");
        var other = new TestCase(
                "a",
                "Another question under the same id?",
                List.of("x"),
                List.of(),
                QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
        assertThatThrownBy(() -> compare(
                        first,
                        List.of(new ExampleResult(
                                other, first.getFirst().answer(), Optional.empty(), Map.of("f1", 1.0), List.of()))))
                .isInstanceOf(MendableException.class);
    }

    @Test
    void configurationsAreToldWhereTheyDiffer() {
        var results = List.of(result("a", Map.of("f1", 1.0)));
        var comparison = RunComparison.of(
                run("a", Map.of("k", "5", "same", "x")),
                results,
                run("b", Map.of("k", "10", "more", "y", "same", "x")),
                results,
                1);
        assertThat(comparison.configuration())
                .containsExactly(
                        new ConfigurationDifference("k", Optional.of("5"), Optional.of("10")),
                        new ConfigurationDifference("more", Optional.empty(), Optional.of("y")));
    }

    private static RunComparison compare(List<ExampleResult> first, List<ExampleResult> second) {
        return RunComparison.of(run("a", Map.of()), first, run("b", Map.of()), second, 1);
    }

    private static EvaluationRun run(String id, Map<String, String> configuration) {
        return new EvaluationRun(
                id, "rag", "t.jsonl", "hash", configuration, 1, "1", Instant.EPOCH, Optional.empty(), List.of());
    }

    private static ExampleResult result(String id, Map<String, Double> metrics) {
        return new ExampleResult(
                testCase(id),
                Optional.of(ScriptedStrategy.answer("words", "a.md", "words")),
                Optional.empty(),
                metrics,
                List.of());
    }

    private static TestCase testCase(String id) {
        return new TestCase(
                id,
                "What of " + id + "?",
                List.of("x"),
                List.of("a.md"),
                QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
