package dev.tandem.evaluation.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedJudgeTest {
    private static final EmbeddedJudge JUDGE = EmbeddedJudge.open();

    private static final String CONTEXT = """
            Employees receive 26 days of parental leave. The leave was introduced by Maria Keller in March 2019. \
            Part-time staff are included. Unused days do not carry over to the next year. The finance department \
            approves travel costs above 500 euros, and the legal department reviews every contract.""";

    @AfterAll
    static void close() {
        JUDGE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Employees receive 26 days of parental leave. | Employees receive 62 days of parental leave.",
                "The leave was introduced by Maria Keller. | The leave was introduced by Anton Fischer.",
                "The leave was introduced in March 2019. | The leave was introduced in May 2014.",
                "Part-time staff are included. | Part-time staff are not included.",
                "Unused days do not carry over to the next year. | Unused days carry over to the next year.",
                "The legal department reviews every contract. | Every contract reviews the legal department.",
                "Travel costs above 500 euros are approved by finance. | Hotels must be booked through the agency.",
            })
    void aSentenceThatTheContextSaysScoresOverOneThatItDoesNot(String supported, String unsupported) {
        assertThat(faithfulness(supported)).isGreaterThan(faithfulness(unsupported));
    }

    @Test
    void unsupportedSentencesAreGivenToTheLetter() {
        var made = "The canteen serves lunch for 4.50 euros until two o’clock!";
        var judgement = JUDGE.judge(exchange("Employees receive 26 days of parental leave.  " + made));
        assertThat(judgement.unsupported()).containsExactly(made);
    }

    @Test
    void anAnswerMayRestOnSeveralTexts() {
        var context = List.of("The shop opens at nine.", "Parking costs two euros.");
        var both = new Exchange(context, "The shop opens at nine. Parking costs two euros.", Optional.empty());
        assertThat(JUDGE.judge(both).unsupported()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "...", "🙂"})
    void anAnswerThatSaysNothingHasNoFaithfulnessAndNoRelevancy(String answer) {
        var judgement = JUDGE.judge(new Exchange(List.of(CONTEXT), answer, Optional.of("How many days?")));
        assertThat(judgement.faithfulness()).isEmpty();
        assertThat(judgement.answerRelevancy()).hasValue(0);
        assertThat(judgement.unsupported()).isEmpty();
    }

    @Test
    void relevancyNeedsAQuestion() {
        var judgement = JUDGE.judge(exchange("Part-time staff are included."));
        assertThat(judgement.answerRelevancy()).isEmpty();
        assertThat(judgement.contextRelevancy()).isEmpty();
    }

    @Test
    void anAnswerToTheQuestionIsMoreRelevantThanAnotherAndThanOneThatDeclines() {
        double right = relevancy("Employees receive 26 days of parental leave.");
        assertThat(right).isGreaterThan(relevancy("The legal department reviews every contract."));
        assertThat(relevancy("I don't know how many days of parental leave employees receive."))
                .isLessThanOrEqualTo(0.1);
        assertThat(relevancy("The context does not mention how many days of parental leave there are."))
                .isLessThanOrEqualTo(0.1);
    }

    @Test
    void aContextAboutTheQuestionIsMoreRelevantThanOneAboutSomethingElse() {
        var question = Optional.of("How many days of parental leave do employees receive?");
        var about = new Exchange(List.of("Employees receive 26 days of parental leave."), "26.", question);
        var other = new Exchange(List.of("The Rhine is a river. Basel lies on it."), "26.", question);
        assertThat(JUDGE.judge(about).contextRelevancy()).hasValue(1);
        assertThat(JUDGE.judge(other).contextRelevancy()).hasValue(0);
    }

    @Test
    void aLongContextIsReadToItsEnd() {
        var words = new StringBuilder();
        var random = new Random(7);
        for (int i = 0; i < 750; i++) {
            words.append("Room ")
                    .append(random.nextInt(10_000))
                    .append(" of the archive holds letters from that year. ");
        }
        var context = List.of(words + "The blue key opens the cellar.");
        var right = JUDGE.judge(new Exchange(context, "The blue key opens the cellar.", Optional.empty()));
        var wrong = JUDGE.judge(new Exchange(context, "The red lever stops the mill.", Optional.empty()));
        assertThat(right.faithfulness().orElseThrow())
                .isGreaterThan(wrong.faithfulness().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "東京は日本の首都です。人口は約1400万人です。",
                "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.",
                "עיר הבירה היא ירושלים. 👩‍👩‍👧 \uD83D broken",
                "Ünïcödé e\u0301 \u202Etxet\u202C %s \\ \u0000 <b>",
            })
    void anyScriptIsSupportedByItself(String text) {
        var own = JUDGE.judge(new Exchange(List.of(text), text, Optional.of(text)));
        var other = JUDGE.judge(new Exchange(List.of(CONTEXT), text, Optional.of(text)));
        assertThat(own.faithfulness().orElseThrow())
                .isBetween(0.0, 1.0)
                .isGreaterThan(other.faithfulness().orElseThrow());
    }

    @Test
    void textWithoutStopsOrSpacesIsRead() {
        var judgement = JUDGE.judge(
                new Exchange(List.of("x".repeat(20_000), "word ".repeat(3_000)), "y".repeat(5_000), Optional.empty()));
        assertThat(judgement.faithfulness().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    void neitherOrderNorNeighboursChangeAJudgement() throws Exception {
        var exchanges = new ArrayList<Exchange>();
        for (int i = 0; i < 24; i++) {
            var context = i % 3 == 0 ? List.of(CONTEXT) : List.of(CONTEXT, "Note " + i + ": the door is blue.");
            exchanges.add(new Exchange(
                    context, "Employees receive " + (i + 10) + " days. The door is blue.", Optional.of("What door?")));
        }
        var alone = exchanges.stream().map(JUDGE::judge).toList();
        var order = new ArrayList<>(exchanges);
        Collections.shuffle(order, new Random(3));
        try (var other = EmbeddedJudge.open();
                var pool = Executors.newFixedThreadPool(4)) {
            var together = pool.invokeAll(order.stream()
                    .map(each -> (Callable<Judgement>) () -> other.judge(each))
                    .toList());
            for (int i = 0; i < order.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(exchanges.indexOf(order.get(i))));
            }
        }
    }

    @Test
    void aContextWithoutAWordIsRefused() {
        assertThatThrownBy(() -> new Exchange(List.of(" ", "..."), "Yes.", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noShippedWeightSpeaksAgainstItsMeaning() {
        var weights = FaithfulnessModel.shipped().weights();
        for (var evidence : Evidence.values()) {
            double weight = weights[evidence.place()];
            assertThat(evidence.speaksFor() ? weight : -weight)
                    .as(evidence.key())
                    .isPositive();
        }
    }

    private static double faithfulness(String answer) {
        return JUDGE.judge(exchange(answer)).faithfulness().orElseThrow();
    }

    private static double relevancy(String answer) {
        var question = Optional.of("How many days of parental leave do employees receive?");
        return JUDGE.judge(new Exchange(List.of(CONTEXT), answer, question))
                .answerRelevancy()
                .orElseThrow();
    }

    private static Exchange exchange(String answer) {
        return new Exchange(List.of(CONTEXT), answer, Optional.empty());
    }
}
