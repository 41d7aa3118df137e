package dev.tandem.tuning.example.gate;

import static dev.tandem.tuning.example.gate.ExampleTexts.example;
import static dev.tandem.tuning.example.gate.ExampleTexts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.near.Bag;
import dev.tandem.tuning.example.near.WordWeights;
import dev.tandem.tuning.example.near.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakageTest {
    private static final String QUESTION =
            "Which documents does a new tenant have to bring when the keys of the flat are handed over at the office?";
    private static final String ANSWER =
            "Bring the signed contract, a valid passport or identity card, and proof that the deposit of 900 euros was paid.";

    @Test
    void differentExamplesGiveNothingAway() {
        var leakage = between(facts(500, 1), facts(200, 2));
        assertThat(leakage.leaks()).isEmpty();
        assertThat(leakage.examples()).isEqualTo(200);
    }

    @Test
    void copiesAreFoundWithTheirLines() {
        var leaks = between(training(QUESTION.toUpperCase(Locale.ROOT), ANSWER + "!!"), test())
                .leaks();
        assertThat(leaks).containsExactly(new Leak(7, Leak.Part.BOTH, Leak.Kind.EXACT, 501, 1));
    }

    @Test
    void aQuestionWithAnotherAnswerIsGivenAwayTooAndSoIsAnAnswer() {
        assertThat(between(training(QUESTION, "Ask the landlord."), test()).leaks())
                .containsExactly(new Leak(7, Leak.Part.QUESTION, Leak.Kind.EXACT, 501, 1));
        assertThat(between(training("What should I bring?", ANSWER), test()).leaks())
                .containsExactly(new Leak(7, Leak.Part.ANSWER, Leak.Kind.EXACT, 501, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which documents must a new tenant bring when the keys of the flat are handed over at the office?",
                "When the keys of the flat are handed over at the office, which documents does a new tenant have to bring?",
                "Which papers does a new tenant have to bring when the keys of the house are handed over at the office?",
                "Which documents does a tenant new have bring to when the keys of the flat are handed over the at office?",
                "Which documents does a new tenant have to bring when the keys are handed over?",
            })
    void nearCopiesAreFound(String question) {
        assertThat(between(training(question, "It depends."), test()).leaks())
                .singleElement()
                .satisfies(leak -> assertThat(leak.trainingLine()).isEqualTo(501));
    }

    @Test
    void whatStandsInALongerTextIsFound() {
        var longer = "This is what our handbook says of moving in. " + ANSWER
                + " Whoever has none of these is sent home again and has to make another appointment, which may take some weeks."
                + " In the summer months there is no office on Fridays.";
        assertThat(between(training("What is in the handbook?", longer), test()).leaks())
                .singleElement()
                .satisfies(leak -> assertThat(leak.kind()).isEqualTo(Leak.Kind.CONTAINED));
        assertThat(Leakage.inDocuments(List.of("Nothing.", longer), Examples.of(test()))
                        .leaks())
                .singleElement()
                .satisfies(leak -> assertThat(leak.trainingLine()).isEqualTo(2));
        assertThat(Leakage.inDocuments(List.of("Nothing of it."), Examples.of(test()))
                        .found())
                .isFalse();
    }

    @Test
    void labelsGiveNothingAway() {
        var training = facts(300, 3).stream()
                .map(each -> example(each.line(), each.question(), "card_arrival"))
                .toList();
        var test = facts(50, 4).stream()
                .map(each -> example(each.line(), each.question(), "card_arrival"))
                .toList();
        assertThat(between(training, test).leaks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"card_arrival, true", "card_lost, false"})
    void aShortQuestionWithAWordExchangedIsGivenAwayByTheSameLabelOnly(String label, boolean leaks) {
        var training = labelled(400);
        training.add(example(401, "Where can I track the new card that you sent me?", label));
        var test = List.of(example(1, "Where do I track the new card that you sent me?", "card_arrival"));
        // Naturally alike questions of other labels make a question alone tell little.
        assertThat(between(labelled(400), test).leaks()).isEmpty();
        assertThat(between(training, test).leaks())
                .extracting(Leak::part)
                .isEqualTo(leaks ? List.of(Leak.Part.SAME_ANSWER) : List.of());
    }

    @Test
    void whereOneOfTwoAnswersIsRightTheSameAnswerTellsLittle() {
        var training = new ArrayList<Example>();
        for (int i = 0; i < 400; i++) {
            training.add(example(i + 1, "What is" + order(i), i % 3 == 0 ? "yes" : "no"));
        }
        var test = new ArrayList<Example>();
        for (int i = 0; i < 50; i++) {
            test.add(example(i + 1, "What is" + order(400 + i), "no"));
        }
        assertThat(between(training, test).leaks()).isEmpty();
    }

    @Test
    void anAnswerOfAFewWordsThatIsNearlyTheSameCounts() {
        var training = labelled(400);
        training.add(
                example(401, "Where do I track the new card that you posted me?", "Open the menu and tap on cards"));
        var test = List.of(example(
                1, "Where can I track the new card that you posted me?", "Open the menu and then tap on cards"));
        assertThat(between(training, test).leaks()).extracting(Leak::line).containsExactly(1);
    }

    /** Questions of many labels, each like many others of other labels: one word tells them apart. */
    private static List<Example> labelled(int count) {
        var training = new ArrayList<Example>();
        for (int i = 0; i < count; i++) {
            training.add(example(
                    i + 1, (i % 2 == 0 ? "Where can I find" : "Where do I find") + order(i / 2), "label_" + i % 201));
        }
        return training;
    }

    private static String order(int i) {
        return " the payment number" + i + " of my account in city" + i % 7 + " that was made";
    }

    @Test
    void whatTheSystemSaysIsNotCompared() {
        var prompt = "You are the assistant of a large housing company and answer politely, briefly and in English. "
                .repeat(5);
        assertThat(between(prompted(facts(300, 5), prompt), prompted(facts(50, 6), prompt))
                        .leaks())
                .isEmpty();
    }

    @Test
    void whereDifferentExamplesAreAlikeOnlyCloserCopiesCount() {
        var slots = List.of("name", "food", "price", "area", "near", "rating");
        var all = new ArrayList<String>();
        for (int i = 0; i < 729; i++) {
            var question = new StringBuilder();
            int rest = i;
            for (var slot : slots) {
                question.append(slot).append('[').append(slot).append(rest % 3).append("] ");
                rest /= 3;
            }
            all.add(question.toString());
        }
        java.util.Collections.shuffle(all, new java.util.Random(1));
        var training = new ArrayList<Example>();
        for (int i = 0; i < 500; i++) {
            training.add(example(i + 1, all.get(i), "x" + i));
        }
        var test = List.of(example(1, all.get(600), "y"), example(2, all.get(700), "z"));
        var natural = between(training, test);
        assertThat(natural.leaks()).isEmpty();
        assertThat(natural.thresholds().get(Leak.Part.QUESTION)).isGreaterThan(0.8);
        var moved = new ArrayList<>(List.of(all.get(600).split(" ")));
        java.util.Collections.reverse(moved);
        training.add(example(501, String.join(" ", moved), "another"));
        assertThat(between(training, test).leaks()).extracting(Leak::line).containsExactly(1);
    }

    @Test
    void aPartOfARecordIsAnotherRecord() {
        var weights = new WordWeights();
        var part = Bag.of(Words.of("inform(price=none)"), weights);
        var whole = Bag.of(Words.of("inform(price=none;design=none)"), weights);
        var moved = Bag.of(Words.of("inform(design=none;price=none)"), weights);
        assertThat(part.copied(whole)).isGreaterThan(part.likeness(whole)).isLessThan(0.995);
        assertThat(moved.copied(whole)).isEqualTo(1);
    }

    @Test
    void emptyFilesGiveNothingAway() {
        assertThat(between(List.of(), facts(3, 1)).found()).isFalse();
        assertThat(between(facts(3, 1), List.of()).found()).isFalse();
        assertThat(between(List.of(example(1, "", "")), List.of(example(1, "", "")))
                        .examples())
                .isEqualTo(1);
    }

    @Test
    void goingOnIsRefusedInOneSentenceThatSaysHow() {
        var leakage = between(training(QUESTION, ANSWER), test());
        assertThatThrownBy(() -> leakage.refuse("train.jsonl", "test.jsonl", "--allow-leakage"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("line 7")
                .hasMessageContaining("line 501")
                .hasMessageContaining("--allow-leakage");
        between(facts(300, 1), test()).refuse("train.jsonl", "test.jsonl", "--allow-leakage");
    }

    private static Leakage between(List<Example> training, List<Example> test) {
        return Leakage.between(Examples.of(training), Examples.of(test));
    }

    private static List<Example> training(String question, String answer) {
        var training = facts(500, 1);
        training.add(example(501, question, answer));
        return training;
    }

    private static List<Example> test() {
        var test = facts(20, 2);
        test.set(6, example(7, QUESTION, ANSWER));
        return test;
    }

    private static List<Example> prompted(List<Example> examples, String prompt) {
        return examples.stream()
                .map(each -> new Example(
                        each.line(),
                        List.of(
                                new dev.tandem.tuning.example.Message(
                                        dev.tandem.tuning.example.Message.Role.SYSTEM, prompt, false),
                                each.messages().getFirst(),
                                each.messages().getLast()),
                        java.util.Optional.empty(),
                        java.util.Map.of()))
                .toList();
    }
}
