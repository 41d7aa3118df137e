package dev.tandem.evaluation.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.gate.GateSettings.Regressions;
import dev.tandem.evaluation.gate.Threshold.Bound;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Also makes runs for the tests of a gate's outputs. */
public class GateTest {
    private static final Regressions REGRESSIONS = GateSettings.DEFAULTS.regressions();

    @Test
    void aThresholdIsKeptByAValueOnItOrOnItsRightSide() {
        var settings = settings(
                atLeast("faithfulness", 0.85), new Threshold("hallucination_rate", "all", Bound.MAX, 0.05, false));
        assertThat(statuses(settings, summary("faithfulness", 0.85), summary("hallucination_rate", 0.05)))
                .containsExactly(GateStatus.PASSED, GateStatus.PASSED, GateStatus.PASSED);
        assertThat(statuses(settings, summary("faithfulness", 0.849), summary("hallucination_rate", 0.051)))
                .containsExactly(GateStatus.PASSED, GateStatus.FAILED, GateStatus.FAILED);
        // The mean of ten times 0.7, as it is computed.
        assertThat(statuses(settings(atLeast("f1", 0.7)), summary("f1", 0.7 - 1e-16)))
                .containsExactly(GateStatus.PASSED, GateStatus.PASSED);
    }

    @Test
    void aThresholdMayAskOneQuestionType() {
        var settings = settings(new Threshold("f1", "changed", Bound.MIN, 0.5, false));
        var outcome =
                check(settings, summary("f1", 0.9), new MetricSummary("f1", "changed", 0.4, Optional.empty(), 10, 0));
        assertThat(outcome.checks().getLast().name()).isEqualTo("f1 (changed)");
        assertThat(outcome.checks().getLast().sentence())
                .isEqualTo("f1 (changed) is 0.400 on 10 questions, but should be at least 0.500.");
    }

    @Test
    void whatIsNotMeasuredIsSaidAndFailsOnlyWhereItIsRequired() {
        var lenient = settings(atLeast("f1", 0.1), atLeast("consistency", 0.9));
        var outcome = check(lenient, summary("f1", 0.5));
        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.count(GateStatus.NOT_MEASURED)).isEqualTo(1);
        assertThat(outcome.checks().getLast().sentence())
                .isEqualTo("consistency was not measured: the run has no such value.");

        var strict = settings(atLeast("f1", 0.1), new Threshold("consistency", "all", Bound.MIN, 0.9, true));
        assertThat(check(strict, summary("f1", 0.5)).passed()).isFalse();
    }

    @Test
    void aValueThatIsNoNumberOrThatTooManyQuestionsLackIsNotMeasured() {
        var settings = settings(atLeast("f1", 0.1), atLeast("bleu", 0.1));
        assertThat(statuses(
                        settings,
                        summary("f1", Double.NaN),
                        new MetricSummary("bleu", "all", 0.5, Optional.empty(), 90, 10)))
                .containsExactly(
                        GateStatus.PASSED, GateStatus.NOT_MEASURED, GateStatus.NOT_MEASURED, GateStatus.FAILED);
        assertThat(statuses(
                        settings, summary("f1", 0.5), new MetricSummary("bleu", "all", 0.5, Optional.empty(), 95, 5)))
                .containsExactly(GateStatus.PASSED, GateStatus.PASSED, GateStatus.PASSED);
    }

    @Test
    void aThresholdThatNoSystemCouldKeepIsNotMeasured() {
        // Each example names one document, so that a fifth of five is the most.
        var settings = settings(atLeast("precision@5", 0.7), atLeast("precision@5", 0.2));
        assertThat(statuses(settings, summary("precision@5", 0.15)))
                .containsExactly(GateStatus.PASSED, GateStatus.NOT_MEASURED, GateStatus.FAILED);
        assertThat(check(settings, summary("precision@5", 0.15)).checks().get(1).sentence())
                .contains("0.200 is the most", "passage_precision@5");
    }

    @Test
    void aRunThatIsUnfinishedOrWhoseQuestionsFailedDoesNotPass() {
        var settings = settings(atLeast("f1", 0.1));
        var examples = examples(20, "f1", i -> 1);
        var whole = run("r1", true, List.of(summary("f1", 1)));
        assertThat(new Gate(settings).check(whole, examples, Optional.empty()).passed())
                .isTrue();

        var unfinished = run("r1", false, List.of(summary("f1", 1)));
        assertThat(new Gate(settings)
                        .check(unfinished, examples, Optional.empty())
                        .passed())
                .isFalse();
        assertThat(new Gate(settings).check(whole, List.of(), Optional.empty()).passed())
                .isFalse();

        var oneFailed = failing(examples, 1);
        assertThat(new Gate(settings).check(whole, oneFailed, Optional.empty()).passed())
                .isTrue();
        var outcome = new Gate(settings).check(whole, failing(examples, 2), Optional.empty());
        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.checks().getFirst().sentence())
                .isEqualTo("18 of 20 questions have an answer, and at least 95% should.");
    }

    @Test
    void worseThanTheBaselineBeyondToleranceAndChanceIsARegression() {
        // Every fifth question is lost: 0.2 in the mean, and surely so.
        var outcome = compare("f1", i -> 1, i -> i % 5 == 0 ? 0 : 1, REGRESSIONS);
        var check = outcome.checks().getLast();
        assertThat(check.status()).isEqualTo(GateStatus.FAILED);
        assertThat(check.value().orElseThrow()).isCloseTo(-0.2, within(1e-12));
        assertThat(check.interval().orElseThrow().high()).isNegative();
        assertThat(check.sentence())
                .startsWith("f1 fell from 1.000 to 0.800, by 0.200, on 50 questions that base was asked too")
                .endsWith(": a regression.");
        assertThat(compare("f1", i -> i % 5 == 0 ? 0 : 1, i -> 1, REGRESSIONS).passed())
                .as("a gain is none")
                .isTrue();
    }

    @Test
    void whatIsWithinTheToleranceOrCannotBeToldFromChanceIsNone() {
        var sureButSmall = compare("f1", i -> 0.9, i -> 0.89, REGRESSIONS);
        assertThat(sureButSmall.passed()).isTrue();
        // Wins and losses that differ by two questions of fifty.
        var chance = compare("f1", i -> i % 2, i -> i < 4 ? 0 : (i + 1) % 2, REGRESSIONS);
        assertThat(chance.checks().getLast().value().orElseThrow()).isLessThan(-0.02);
        assertThat(chance.passed()).isTrue();
        assertThat(chance.checks().getLast().sentence()).endsWith(": not told from chance.");
    }

    @Test
    void lowerIsBetterForRatesAndTimesAreComparedWhereTheyAreNamed() {
        assertThat(compare("hallucination_rate", i -> 0, i -> i % 5 == 0 ? 1 : 0, REGRESSIONS)
                        .passed())
                .isFalse();
        var byTime = new Regressions(0.02, Map.of("latency_ms", 0.1));
        assertThat(compare("latency_ms", i -> 100 + i, i -> 108 + i, byTime).passed())
                .isTrue();
        assertThat(compare("latency_ms", i -> 100 + i, i -> 120 + i, byTime).passed())
                .isFalse();
        assertThat(compare("latency_ms", i -> 100 + i, i -> 900 + i, REGRESSIONS).checks().stream()
                        .map(GateCheck::metric))
                .as("no metric of quality")
                .doesNotContain("latency_ms");
    }

    @Test
    void onlyTheSameQuestionsAreComparedAndWithoutAnyTheGateFails() {
        var settings = new GateSettings(List.of(), REGRESSIONS, 0.05);
        var baseline = new Baseline(run("base", true, List.of()), examples(50, "f1", i -> 1));
        var others = examples(50, "f1", i -> 0).stream()
                .map(example -> new ExampleResult(
                        testCase(example.testCase().id(), "another question"),
                        example.answer(),
                        example.failure(),
                        example.metrics(),
                        example.unsupported()))
                .toList();
        var outcome = new Gate(settings).check(run("r1", true, List.of()), others, Optional.of(baseline));
        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.checks().getLast().sentence()).contains("name a baseline that was asked the same test set");
    }

    @Test
    void aMetricThatTheBaselineHadAndTheRunLacksIsSaid() {
        var settings = new GateSettings(List.of(), REGRESSIONS, 0.05);
        var baseline = new Baseline(run("base", true, List.of()), examples(50, "f1", i -> 1));
        var outcome = new Gate(settings)
                .check(run("r1", true, List.of()), examples(50, "mrr", i -> 1), Optional.of(baseline));
        assertThat(outcome.checks()).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("f1 against base");
            assertThat(check.status()).isEqualTo(GateStatus.NOT_MEASURED);
        });
        assertThat(outcome.passed()).as("nothing was measured").isFalse();
    }

    private static GateOutcome compare(
            String metric, IntToDoubleFunction before, IntToDoubleFunction after, Regressions regressions) {
        var settings = new GateSettings(List.of(atLeast("mrr", 0)), regressions, 0.05);
        return new Gate(settings)
                .check(
                        run("r1", true, List.of(summary("mrr", 1))),
                        examples(50, metric, after),
                        Optional.of(new Baseline(run("base", true, List.of()), examples(50, metric, before))));
    }

    private static List<GateStatus> statuses(GateSettings settings, MetricSummary... summaries) {
        return check(settings, summaries).checks().stream()
                .map(GateCheck::status)
                .toList();
    }

    private static GateOutcome check(GateSettings settings, MetricSummary... summaries) {
        return new Gate(settings)
                .check(run("r1", true, List.of(summaries)), examples(20, "mrr", i -> 1), Optional.empty());
    }

    private static GateSettings settings(Threshold... thresholds) {
        return new GateSettings(List.of(thresholds), REGRESSIONS, 0.05);
    }

    public static Threshold atLeast(String metric, double value) {
        return Threshold.atLeast(metric, value);
    }

    public static MetricSummary summary(String metric, double value) {
        return new MetricSummary(
                metric,
                "all",
                value,
                Optional.of(new BootstrapInterval(value - 0.05, value + 0.05, 0.95, 2_000, 1)),
                20,
                0);
    }

    public static EvaluationRun run(String id, boolean finished, List<MetricSummary> summaries) {
        var started = Instant.parse("2026-01-05T09:30:00Z");
        return new EvaluationRun(
                id,
                "rag",
                "questions.jsonl",
                "ab12",
                Map.of("index", "3b1f"),
                7,
                "0.1.0",
                started,
                finished ? Optional.of(started.plusSeconds(90)) : Optional.empty(),
                summaries);
    }

    public static List<ExampleResult> examples(int count, String metric, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ExampleResult(
                        testCase("q" + i, "Question " + i + "?"),
                        Optional.of(new StrategyAnswer(
                                "an answer", false, List.of(), List.of(), Map.of("total", 12.5), 0, 0)),
                        Optional.empty(),
                        Map.of(metric, value.applyAsDouble(i)),
                        List.of()))
                .toList();
    }

    public static TestCase testCase(String id, String question) {
        return new TestCase(
                id,
                question,
                List.of("expected"),
                List.of("a.md"),
                QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static List<ExampleResult> failing(List<ExampleResult> examples, int count) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> i >= count
                        ? examples.get(i)
                        : new ExampleResult(
                                examples.get(i).testCase(),
                                Optional.empty(),
                                Optional.of("It broke."),
                                Map.of(),
                                List.of()))
                .toList();
    }
}
