package dev.tandem.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.evaluation.judge.FaithfulnessModel;
import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final TextEncoder ENCODER = OnnxTextEncoder.bundled();

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void documentsCountOnceWhereTheirFirstPassageStands() {
        var found =
                answer("It takes 26 weeks.", List.of("b.md", "b.md", "a.md", "c.md", "a.md", "d.md"), List.of("a.md"));
        var metrics = measured(testCase("q", List.of("26 weeks"), List.of("a.md", "d.md")), found);
        assertThat(metrics)
                .containsEntry("recall@3", 0.5)
                .containsEntry("precision@3", 1 / 3.0)
                .containsEntry("passage_precision@3", 1 / 3.0)
                .containsEntry("hit_rate@3", 1.0)
                .containsEntry("mrr", 0.5);
        double ideal = 1 + 1 / log2(3);
        assertThat(metrics.get("ndcg@10")).isCloseTo((1 / log2(3) + 1 / log2(5)) / ideal, within(1e-12));
    }

    @Test
    void citationsAreHeldAgainstTheDocumentsNamed() {
        var found = answer("It takes 26 weeks.", List.of("a.md", "b.md"), List.of("a.md", "b.md", "b.md"));
        assertThat(measured(testCase("q", List.of("26 weeks"), List.of("a.md", "x.md", "y.md")), found))
                .containsEntry("citation_precision", 0.5)
                .containsEntry("citation_recall", 1 / 3.0);
        var uncited = answer("It takes 26 weeks.", List.of("a.md"), List.of());
        assertThat(measured(testCase("q", List.of("26 weeks"), List.of("a.md")), uncited))
                .containsEntry("citation_recall", 0.0)
                .doesNotContainKey("citation_precision");
    }

    @Test
    void anAnswerIsHeldAgainstTheRightOnes() {
        var found = answer("It takes 26 weeks.", List.of("a.md"), List.of("a.md"));
        assertThat(measured(testCase("q", List.of("half a year", "26 weeks"), List.of("a.md")), found))
                .containsEntry("exact_match", 0.0)
                .containsEntry("contained", 1.0)
                .containsEntry("accuracy", 1.0)
                .containsEntry("f1", 2 * 0.5 / 1.5)
                .containsKey("similarity")
                .doesNotContainKeys("bleu", "chrf", "rougeL");
    }

    @Test
    void allPartsBelongIntoAnAnswerFromSeveralDocuments() {
        var parts = new TestCase(
                "q",
                "How long and how much?",
                List.of("26 weeks", "500 EUR"),
                List.of("a.md", "b.md"),
                QuestionType.SEVERAL_DOCUMENTS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
        assertThat(measured(parts, answer("It takes 26 weeks.", List.of("a.md"), List.of("a.md"))))
                .containsEntry("contained", 0.0)
                .containsEntry("accuracy", 0.0);
        assertThat(measured(parts, answer("It takes 26 weeks and costs 500 EUR.", List.of("a.md"), List.of("a.md"))))
                .containsEntry("contained", 1.0)
                .containsEntry("accuracy", 1.0);
    }

    @Test
    void theWordingOfTextsIsComparedInShares() {
        var text = "Dear Ada, we have sent your parcel this morning from Oslo.";
        var metrics =
                measured(testCase("q", List.of(text), List.of("a.md")), answer(text, List.of("a.md"), List.of("a.md")));
        assertThat(metrics).containsEntry("rougeL", 1.0).containsEntry("exact_match", 1.0);
        assertThat(metrics.get("bleu")).isCloseTo(1, within(1e-9));
        assertThat(metrics.get("chrf")).isCloseTo(1, within(1e-9));
    }

    @Test
    void toDeclineIsRightWhereTheDocumentsDoNotAnswerAndCountsAsAnEmptyAnswerElsewhere() {
        var declined = ScriptedStrategy.declined("a.md", "Leave lasts 26 weeks.");
        assertThat(measured(testCase("q", List.of(), List.of()), declined))
                .containsEntry("accuracy", 1.0)
                .containsEntry("abstention_recall", 1.0)
                .containsEntry("abstention_precision", 1.0)
                .doesNotContainKeys("f1", "recall@3", "faithfulness");
        assertThat(measured(testCase("q", List.of("26 weeks"), List.of("a.md")), declined))
                .containsEntry("accuracy", 0.0)
                .containsEntry("f1", 0.0)
                .containsEntry("similarity", 0.0)
                .containsEntry("recall@3", 1.0)
                .containsEntry("abstention_precision", 0.0)
                .doesNotContainKeys("abstention_recall", "faithfulness", "citation_recall");
    }

    @Test
    void theJudgeFindsWhatThePassagesDoNotSay() {
        var judge = new EmbeddedJudge(ENCODER, FaithfulnessModel.shipped());
        var passage = "Parental leave lasts 26 weeks.";
        var right = ask(judge, ScriptedStrategy.answer(passage, "a.md", passage));
        assertThat(right.metrics())
                .containsEntry("hallucination_rate", 0.0)
                .containsKeys("faithfulness", "answer_relevancy", "context_relevancy");
        assertThat(right.unsupported()).isEmpty();
        var invented = "Rockets to Jupiter leave on 40 Sundays.";
        var wrong = ask(judge, ScriptedStrategy.answer(invented, "a.md", passage));
        assertThat(wrong.metrics()).containsEntry("hallucination_rate", 1.0);
        assertThat(wrong.unsupported()).containsExactly(invented);
    }

    @Test
    void aQuestionThatFailsIsMissingAndNeverZero() {
        var cases = List.of(
                testCase("a", List.of("26 weeks"), List.of("a.md")), testCase("b", List.of("27"), List.of("a.md")));
        var strategy = new ScriptedStrategy(
                "1",
                asked -> asked.id().equals("b")
                        ? ScriptedStrategy.failed("The server is away: start it.")
                        : ScriptedStrategy.answer("26 weeks", "a.md", "Leave lasts 26 weeks."));
        var results = results(cases, strategy, Optional.empty());
        assertThat(results.get(1).failure()).contains("The server is away: start it.");
        assertThat(results.get(1).metrics()).isEmpty();
        var f1 = summary(results, strategy, "f1", Optional.empty());
        assertThat(f1.value()).isEqualTo(1);
        assertThat(f1.examples()).isEqualTo(1);
        assertThat(f1.missing()).isEqualTo(1);
    }

    @Test
    void aJudgeThatFailsLeavesTheRest() {
        var judge = new Judge() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public double threshold() {
                return 0.5;
            }

            @Override
            public Judgement judge(Exchange exchange) {
                throw new MendableException("It said nonsense.");
            }

            @Override
            public void close() {}
        };
        var result = ask(judge, ScriptedStrategy.answer("26 weeks", "a.md", "Leave lasts 26 weeks."));
        assertThat(result.failure()).contains("The judge failed: It said nonsense.");
        assertThat(result.answer()).isPresent();
        assertThat(result.metrics()).containsEntry("f1", 1.0).doesNotContainKeys("faithfulness", "hallucination_rate");
    }

    @Test
    void failuresInARowEndARunThatWouldOnlyFailOn() {
        var cases = new ArrayList<TestCase>();
        for (int i = 0; i < 30; i++) {
            cases.add(testCase("q" + i, List.of("x"), List.of("a.md")));
        }
        var strategy = new ScriptedStrategy("1", asked -> ScriptedStrategy.failed("No key."));
        assertThatThrownBy(() -> results(cases, strategy, Optional.empty()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("10 questions in a row")
                .hasMessageContaining("No key.");
        assertThat(strategy.asked).hasSize(10);
    }

    @Test
    void consistencyIsTheAgreementOfEachPairOfAnswers() {
        var texts = List.of("26 weeks", "26 weeks", "26 days").iterator();
        var strategy = new ScriptedStrategy("1", asked -> ScriptedStrategy.answer(texts.next(), "a.md", "x y"));
        var settings = new EvaluationSettings(3, 3, 1, Optional.empty());
        var result = new ExampleMeasuring(
                        settings, Optional.empty(), new SemanticSimilarity(ENCODER), Rightness.CONTAINS)
                .ask(testCase("q", List.of("26 weeks"), List.of("a.md")), strategy);
        assertThat(result.metrics().get("consistency")).isCloseTo((1 + 0.5 + 0.5) / 3, within(1e-12));
        assertThat(result.metrics().get("consistency_exact")).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void tokensCostWhatTheirPriceSaysAndAreMissingWithoutOne() {
        var spent =
                new StrategyAnswer("26 weeks", false, List.of(), List.of(), Map.of("total", 1.0), 2_000_000, 500_000);
        var question = testCase("q", List.of("26 weeks"), List.of());
        var priced = new EvaluationSettings(3, 1, 1, Optional.of(new Price(0.5, 4)));
        assertThat(new ExampleMeasuring(priced, Optional.empty(), new SemanticSimilarity(ENCODER), Rightness.CONTAINS)
                        .ask(question, new ScriptedStrategy("1", asked -> spent))
                        .metrics())
                .containsEntry("cost", 3.0);
        assertThat(measured(question, spent)).doesNotContainKey("cost").containsEntry("prompt_tokens", 2e6);
    }

    @Test
    void summariesAreOverAllAndByTypeWithPercentilesOfTime() {
        var cases = List.of(
                testCase("a", List.of("26 weeks"), List.of("a.md")),
                testCase("b", List.of("27 weeks"), List.of("a.md")),
                testCase("c", List.of(), List.of()));
        var strategy = new ScriptedStrategy(
                "1",
                asked -> asked.id().equals("c")
                        ? ScriptedStrategy.declined("a.md", "x y")
                        : ScriptedStrategy.answer("26 weeks", "a.md", "x y"));
        var results = results(cases, strategy, Optional.empty());
        var accuracy = summary(results, strategy, "accuracy", Optional.empty());
        assertThat(accuracy.value()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(accuracy.interval()).isPresent();
        assertThat(summary(results, strategy, "latency_p50_ms", Optional.empty())
                        .value())
                .isEqualTo(12.5);
        assertThat(evaluation(Optional.empty()).summaries(results, strategy))
                .extracting(MetricSummary::type)
                .contains("all", "answerable", "unanswerable")
                .doesNotContain("style");
    }

    private static MetricSummary summary(
            List<ExampleResult> results, Strategy strategy, String metric, Optional<Judge> judge) {
        return evaluation(judge).summaries(results, strategy).stream()
                .filter(each -> each.metric().equals(metric) && each.type().equals("all"))
                .findFirst()
                .orElseThrow();
    }

    private static Evaluation evaluation(Optional<Judge> judge) {
        return new Evaluation(
                new EvaluationSettings(3, 1, 1, Optional.empty()), judge, new SemanticSimilarity(ENCODER));
    }

    private static List<ExampleResult> results(List<TestCase> cases, Strategy strategy, Optional<Judge> judge) {
        var results = new ArrayList<ExampleResult>();
        evaluation(judge)
                .evaluate(
                        new TestSet(Path.of("t.jsonl"), cases, "hash"),
                        strategy,
                        Set.of(),
                        (position, result) -> results.add(result),
                        Progress.silent(),
                        () -> false);
        return results;
    }

    private static ExampleResult ask(Judge judge, StrategyAnswer answer) {
        return results(
                        List.of(testCase("q", List.of("26 weeks"), List.of("a.md"))),
                        new ScriptedStrategy("1", asked -> answer),
                        Optional.of(judge))
                .getFirst();
    }

    private static Map<String, Double> measured(TestCase testCase, StrategyAnswer answer) {
        return results(List.of(testCase), new ScriptedStrategy("1", asked -> answer), Optional.empty())
                .getFirst()
                .metrics();
    }

    private static StrategyAnswer answer(String text, List<String> found, List<String> cited) {
        return new StrategyAnswer(
                text,
                false,
                cited.stream()
                        .map(document -> new CitedQuote(document, "", "words"))
                        .toList(),
                found.stream()
                        .map(document -> new FoundPassage(document, "", "words", 1))
                        .toList(),
                Map.of("total", 1.0),
                0,
                0);
    }

    private static TestCase testCase(String id, List<String> answers, List<String> documents) {
        return new TestCase(
                id,
                "How long is " + id + "?",
                answers,
                documents,
                answers.isEmpty() ? QuestionType.UNANSWERABLE : QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
