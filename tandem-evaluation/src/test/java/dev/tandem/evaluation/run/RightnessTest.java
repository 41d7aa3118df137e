package dev.tandem.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.judge.EmbeddedAnswerJudge;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RightnessTest {
    @TempDir
    private Path folder;

    @Test
    void aTestSetSaysForEachQuestionByWhatItsAnswerIsRight() throws Exception {
        var cases = testSet("""
                {"id": "plain", "question": "How long?", "answers": ["26 weeks"]}
                {"id": "label", "question": "Is it warm?", "answers": ["warm"], "check": "label"}
                {"id": "number", "question": "How much?", "answers": ["1200"], "check": "numeric"}
                {"id": "pattern", "question": "Which code?", "answers": ["^A-\\\\d+$"], "check": "regex"}
                """);
        assertThat(value(cases.get(0), "It is 26 weeks.")).contains(1.0);
        assertThat(value(cases.get(1), "not warm")).contains(0.0);
        assertThat(value(cases.get(1), "Warm.")).contains(1.0);
        assertThat(value(cases.get(2), "About 1,200.00 EUR")).contains(1.0);
        assertThat(value(cases.get(3), "B-1")).contains(0.0);
        assertThat(value(cases.get(3), "A-17")).contains(1.0);
    }

    @Test
    void aCheckThatIsNoneAndAnAnswerThatItCannotUseAreErrorsWithTheirLine() {
        assertThatThrownBy(() ->
                        testSet("{\"id\": \"a\", \"question\": \"x\", \"answers\": [\"y\"], \"check\": \"mood\"}"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("contains, label, numeric, regex, judge");
        assertThatThrownBy(() ->
                        testSet("{\"id\": \"a\", \"question\": \"x\", \"answers\": [\"y\"], \"check\": \"numeric\"}"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("'y' has no number");
    }

    @Test
    void aJudgeIsAskedWhereAQuestionWantsOneAndWhatWasDeclinedIsWrongWithoutHim() throws Exception {
        var testCase = testSet(
                        "{\"id\": \"a\", \"question\": \"How long?\", \"answers\": [\"26 weeks\"], \"check\": \"judge\"}")
                .getFirst();
        var heard = new ArrayList<String>();
        var rightness = new Rightness(AnswerCheck.CONTAINS, Optional.of(judge(heard, true)));
        assertThat(rightness.value(testCase, answer("Half a year."))).contains(1.0);
        assertThat(heard).containsExactly("How long? Half a year. [26 weeks]");
        assertThat(rightness.value(testCase, ScriptedStrategy.declined("a.md", "x")))
                .contains(0.0);
        assertThat(heard).hasSize(1);
        assertThat(rightness.configuration()).containsEntry("evaluation.answer_judge", "judge:scripted");
    }

    @Test
    void aJudgementThatFailsIsMissingFromTheRunAndTheRestOfTheQuestionIsThere() throws Exception {
        var testCase = testSet("{\"id\": \"a\", \"question\": \"Say it in our voice.\", \"answers\": [\"Hei there\"],"
                        + " \"type\": \"style\", \"check\": \"judge\"}")
                .getFirst();
        var failing = new Rightness(AnswerCheck.CONTAINS, Optional.of(judge(new ArrayList<>(), false)));
        var strategy = new ScriptedStrategy("1", asked -> answer("Hei you"));
        try (var encoder = OnnxTextEncoder.bundled()) {
            var evaluation = new Evaluation(
                    EvaluationSettings.DEFAULT, Optional.empty(), new SemanticSimilarity(encoder), failing);
            var measuring = new ExampleMeasuring(
                    EvaluationSettings.DEFAULT, Optional.empty(), new SemanticSimilarity(encoder), failing);
            var result = measuring.ask(testCase, strategy);
            assertThat(result.metrics()).doesNotContainKey("accuracy").containsKey("f1");
            assertThat(result.failure().orElseThrow()).contains("could not be judged", "The judge is out.");
            var other = testSet("{\"id\": \"b\", \"question\": \"How long?\", \"answers\": [\"Hei you\"]}")
                    .getFirst();
            var summaries = evaluation.summaries(List.of(result, measuring.ask(other, strategy)), strategy);
            assertThat(summaries)
                    .filteredOn(each ->
                            each.metric().equals("accuracy") && each.type().equals("all"))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.value()).isEqualTo(1);
                        assertThat(each.examples()).isEqualTo(1);
                        assertThat(each.missing()).isEqualTo(1);
                    });
        }
    }

    @Test
    void theEmbeddedJudgeKnowsAFactInOtherWordsFromAnotherFact() {
        try (var judge = new EmbeddedAnswerJudge(EmbeddedJudge.open())) {
            var expected = List.of("Parental leave lasts 26 weeks.");
            assertThat(judge.right(Optional.empty(), "26 weeks is how long parental leave lasts.", expected))
                    .isTrue();
            assertThat(judge.right(Optional.empty(), "Parental leave lasts 40 weeks.", expected))
                    .isFalse();
            assertThat(judge.right(Optional.empty(), "Parcels to Norway take nine days.", expected))
                    .isFalse();
        }
    }

    @Test
    void aTextInOtherWordsThanExpectedIsNotJudgedAndWithAVerdictItIs() throws Exception {
        var testCase = testSet("{\"id\": \"a\", \"question\": \"Say it in our voice.\", \"answers\": [\"Hei there\"],"
                        + " \"type\": \"style\"}")
                .getFirst();
        assertThat(verdict(testCase, java.util.Map.of("contained", 0.0, "exact_match", 0.0)))
                .isEqualTo(ExampleVerdict.UNJUDGED);
        assertThat(verdict(testCase, java.util.Map.of("contained", 1.0, "exact_match", 1.0)))
                .isEqualTo(ExampleVerdict.RIGHT);
        assertThat(verdict(testCase, java.util.Map.of("accuracy", 0.0, "exact_match", 0.0)))
                .isEqualTo(ExampleVerdict.WRONG);
        assertThat(verdict(testCase, java.util.Map.of("accuracy", 1.0, "exact_match", 0.0)))
                .isEqualTo(ExampleVerdict.RIGHT);
    }

    private static ExampleVerdict verdict(TestCase testCase, java.util.Map<String, Double> metrics) {
        return ExampleVerdict.of(
                new ExampleResult(testCase, Optional.of(answer("Hei you")), Optional.empty(), metrics, List.of()));
    }

    private static Optional<Double> value(TestCase testCase, String said) {
        return Rightness.CONTAINS.value(testCase, answer(said));
    }

    private static StrategyAnswer answer(String text) {
        return ScriptedStrategy.answer(text, "a.md", "x");
    }

    private List<TestCase> testSet(String lines) throws Exception {
        return TestSet.read(Files.writeString(folder.resolve("t.jsonl"), lines)).cases();
    }

    private static AnswerJudge judge(List<String> heard, boolean works) {
        return new AnswerJudge() {
            @Override
            public boolean right(Optional<String> question, String answer, List<String> references) {
                if (!works) {
                    throw new MendableException("The judge is out.");
                }
                heard.add(question.orElse("") + " " + answer + " " + references);
                return true;
            }

            @Override
            public String signature() {
                return "judge:scripted";
            }

            @Override
            public void close() {}
        };
    }
}
