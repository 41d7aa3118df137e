package dev.tandem.tuning.example.gate;

import static dev.tandem.tuning.example.gate.ExampleTexts.check;
import static dev.tandem.tuning.example.gate.ExampleTexts.example;
import static dev.tandem.tuning.example.gate.ExampleTexts.facts;
import static dev.tandem.tuning.example.gate.ExampleTexts.found;
import static dev.tandem.tuning.example.gate.ExampleTexts.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.personal.PersonalKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    @Test
    void goodExamplesPassWithoutAFinding() {
        var report = check(facts(300, 1));
        assertThat(report.findings()).isEmpty();
        assertThat(report.examples()).isEqualTo(300);
        assertThat(report.lengths().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(300);
        assertThat(report.languages().get("English")).isGreaterThan(280);
    }

    @Test
    void copiesAreNamedButNotWhatTheyCopy() {
        var examples = facts(200, 2);
        var third = examples.get(2);
        examples.add(example(
                201,
                third.question().toUpperCase(java.util.Locale.ROOT),
                third.answer().replace(",", " ;")));
        examples.add(example(
                202, examples.get(9).question(), examples.get(9).answer().replace("keeper", "owner")));
        examples.add(example(203, third.question(), "The judge does."));
        var report = check(examples);
        assertThat(lines(report, FindingKind.EXACT_DUPLICATE)).containsExactly(201);
        assertThat(lines(report, FindingKind.NEAR_DUPLICATE)).containsExactly(202);
        assertThat(report.findings().stream()
                        .filter(finding -> finding.kind() == FindingKind.NEAR_DUPLICATE)
                        .findFirst()
                        .orElseThrow()
                        .places()
                        .getFirst()
                        .detail())
                .endsWith("as line 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "N/A", "null", "...", "TODO"})
    void answersThatSayNothingAreEmpty(String answer) {
        assertThat(lines(with(answer), FindingKind.EMPTY_ANSWER)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "0", "None of them", "?!"})
    void shortAnswersAreNotEmpty(String answer) {
        assertThat(found(with(answer), FindingKind.EMPTY_ANSWER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You can change the address in the settings, but only if the",
                "First open the settings, then choose the account,",
                "Use this:\n```java\nint i = 0;",
                "The parcel is sent by post (unless the customer asks for another way of sending it"
            })
    void answersThatStopInTheMiddleAreCutOff(String answer) {
        assertThat(lines(with(answer), FindingKind.TRUNCATED)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Use this:\n```java\nint i = 0;\n```",
                "You need:\n- a pen and some paper for the drawing of all the plans",
                "Berlin",
                "It works :( but only on Mondays and in the morning of the day.",
                "“Nothing at all was said about the matter in the meeting.”"
            })
    void finishedAnswersAreNotCutOff(String answer) {
        assertThat(found(with(answer), FindingKind.TRUNCATED)).isFalse();
    }

    @Test
    void aMissingFullStopCountsOnlyWhereOthersHaveOne() {
        var examples = facts(100, 3);
        var open = "The keeper of the library paints the violin while everyone else is asleep in the tower";
        examples.set(0, example(1, examples.getFirst().question(), open));
        assertThat(lines(check(examples), FindingKind.TRUNCATED)).containsExactly(1);
        examples.replaceAll(
                each -> example(each.line(), each.question(), each.answer().replace(".", "")));
        assertThat(found(check(examples), FindingKind.TRUNCATED)).isFalse();
    }

    @Test
    void manyOpenAnswersOfTheLongestLengthHaveHitALimit() {
        var random = new Random(4);
        var examples = new ArrayList<Example>();
        for (int i = 1; i <= 100; i++) {
            var words = (ExampleTexts.answer(random) + " " + ExampleTexts.answer(random))
                    .replace(".", "")
                    .replace(",", "")
                    .split(" ");
            int count = i % 5 == 0 ? 30 : 10 + random.nextInt(19);
            examples.add(example(
                    i,
                    ExampleTexts.question(random),
                    String.join(" ", List.of(words).subList(0, count))));
        }
        assertThat(lines(check(examples), FindingKind.TRUNCATED)).contains(5, 10, 15, 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "As an AI language model, I cannot have opinions. | true",
                "I'm sorry, but I can't help you with that. | true",
                "Dear [Customer Name], thank you for writing. | true",
                "Models of language are trained on texts. | false",
                "I am sorry that your parcel is late; it comes tomorrow. | false"
            })
    void boilerplateIsWhatChatModelsSayInsteadOfAnswering(String answer, boolean boilerplate) {
        assertThat(found(with(answer), FindingKind.BOILERPLATE)).isEqualTo(boilerplate);
    }

    @Test
    void theSameLongAnswerToManyQuestionsIsFound() {
        var examples = facts(200, 5);
        for (int i = 0; i < 12; i++) {
            examples.set(
                    i, example(i + 1, examples.get(i).question(), "Please contact our support team for more help."));
        }
        assertThat(lines(check(examples), FindingKind.REPEATED_ANSWER)).hasSize(12);
        assertThat(found(check(examples.subList(9, 200)), FindingKind.REPEATED_ANSWER))
                .isFalse();
    }

    @Test
    void labelsOfVeryDifferentFrequencyAreFound() {
        var facts = facts(220, 6);
        var uneven = facts.stream()
                .map(each -> example(
                        each.line(),
                        each.question(),
                        each.line() <= 200 ? "billing" : each.line() <= 210 ? "card" : "loan"))
                .toList();
        var report = check(uneven);
        assertThat(found(report, FindingKind.IMBALANCE)).isTrue();
        assertThat(report.answers()).containsEntry("billing", 200).containsEntry("loan", 10);
        assertThat(found(report, FindingKind.REPEATED_ANSWER)).isFalse();
        var even = facts.stream()
                .map(each -> example(
                        each.line(),
                        each.question(),
                        List.of("billing", "card", "loan").get(each.line() % 3)))
                .toList();
        assertThat(found(check(even), FindingKind.IMBALANCE)).isFalse();
    }

    @Test
    void lengthsFarFromTheOthersAreFound() {
        var examples = facts(200, 7);
        var fifth = examples.get(4);
        examples.set(4, example(5, fifth.question(), (fifth.answer() + " ").repeat(60)));
        assertThat(lines(check(examples), FindingKind.LENGTH_OUTLIER)).containsExactly(5);
        examples.set(4, example(5, fifth.question(), (fifth.answer() + " ").repeat(2)));
        assertThat(found(check(examples), FindingKind.LENGTH_OUTLIER)).isFalse();
    }

    @Test
    void whatTheModelsContextCannotHoldIsFound() {
        var settings = new GateSettings(
                Optional.of(new GateSettings.Model(60, text -> text.split(" ", -1).length)), 0.8, Set.of());
        var examples = facts(150, 8);
        examples.set(4, example(5, examples.get(4).question(), (examples.get(4).answer() + " ").repeat(3)));
        assertThat(lines(check(examples, settings), FindingKind.TOO_LONG)).containsExactly(5);
        assertThat(check(examples, settings).findings().getFirst().severity()).isEqualTo(Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the capital of Sicily, please? | Palermo | The capital of Sicily? | Catania | true",
                "Is the shop open on Sundays? | Yes, it is open all day. | Is the shop open on Sundays? | No, it is closed. | true",
                "How long does a transfer take? | It takes 2 working days in most cases. | how long does a transfer take | It takes 5 working days in most cases. | true",
                "How long does a transfer take? | It takes 2 working days in most cases. | How long does a transfer take? | In most cases it takes 2 days. | false",
                "How far is it to town 12? | Ten miles | How far is it to town 13? | Six miles | false",
                "What is the capital of Sicily? | Palermo | What is the capital of Sicily? | palermo. | false"
            })
    void contradictionsAreTwoAnswersToOneQuestion(
            String question, String answer, String again, String other, boolean conflict) {
        var examples = facts(100, 9);
        examples.add(example(101, question, answer));
        examples.add(example(102, again, other));
        assertThat(lines(check(examples), FindingKind.CONFLICT)).isEqualTo(conflict ? List.of(101, 102) : List.of());
    }

    @Test
    void answersInAnotherLanguageAreFoundWhereOneIsTheRule() {
        var examples = facts(100, 10);
        examples.set(
                6,
                example(
                        7,
                        examples.get(6).question(),
                        "Der Hüter des Museums streicht die Brücke, während die Schule den alten Garten vermisst und alles verkauft."));
        examples.set(
                7,
                example(
                        8,
                        examples.get(7).question(),
                        "El guardián del museo pinta el puente mientras la escuela mide el jardín viejo y vende todo."));
        assertThat(lines(check(examples), FindingKind.WRONG_LANGUAGE)).containsExactly(7, 8);
        examples.replaceAll(each -> each.line() % 2 == 0
                ? example(
                        each.line(),
                        each.question(),
                        "Der Hüter des Museums streicht die Brücke Nummer " + each.line()
                                + ", während die Schule den alten Garten vermisst.")
                : each);
        assertThat(found(check(examples), FindingKind.WRONG_LANGUAGE)).isFalse();
    }

    @Test
    void personalDataIsFoundByTheKindsThatAreAskedFor() {
        var examples = facts(100, 11);
        examples.set(3, example(4, "Write to jane.roe@example.org about it, please?", "I did, from Berlin."));
        var report = check(examples);
        assertThat(lines(report, FindingKind.PERSONAL_DATA)).containsExactly(4);
        assertThat(report.personal()).containsOnlyKeys(PersonalKind.EMAIL_ADDRESS);
        assertThat(report.findings().getFirst().places().getFirst().detail()).isEqualTo("turn 1, 9-29: email_address");
        var all = new GateSettings(Optional.empty(), 0.8, EnumSet.allOf(PersonalKind.class));
        assertThat(check(examples, all).personal()).containsKeys(PersonalKind.EMAIL_ADDRESS, PersonalKind.GPE);
        assertThat(found(check(examples, new GateSettings(Optional.empty(), 0.8, Set.of())), FindingKind.PERSONAL_DATA))
                .isFalse();
    }

    @Test
    void abuseIsFoundByWordsAndNotInsideOfWords() {
        assertThat(found(with("You are a fucking idiot, go away."), FindingKind.TOXIC))
                .isTrue();
        assertThat(found(
                        with("The assassin sat in the cockpit of the Scunthorpe bus with a Maine Coon."),
                        FindingKind.TOXIC))
                .isFalse();
    }

    @Test
    void tooFewExamplesAreSaid() {
        assertThat(check(facts(5, 12)).findings().getFirst().severity()).isEqualTo(Severity.ERROR);
        assertThat(check(facts(50, 12)).findings().getFirst().kind()).isEqualTo(FindingKind.TOO_FEW);
        assertThat(found(check(facts(100, 12)), FindingKind.TOO_FEW)).isFalse();
    }

    @Test
    void oddInputIsNoReasonToFail() {
        assertThat(check(List.of()).findings())
                .singleElement()
                .extracting(Finding::kind)
                .isEqualTo(FindingKind.TOO_FEW);
        assertThat(check(facts(1, 1)).examples()).isEqualTo(1);
        var identical = IntStream.range(0, 3_000)
                .mapToObj(i -> example(i + 1, "the same question?", "The same answer."))
                .toList();
        assertThat(lines(check(identical), FindingKind.EXACT_DUPLICATE)).hasSize(2_999);
        var huge = facts(30, 13);
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.length() < 10_000_000) {
            text.append("word").append(random.nextInt(50_000)).append(' ');
        }
        huge.add(example(31, "Tell me everything?", text.toString()));
        assertThat(lines(check(huge), FindingKind.LENGTH_OUTLIER)).contains(31);
        var odd = List.of(example(1, "\uD800", "\uDC00\u0000"), example(2, "", "天気"), example(3, "(((((", "```"));
        assertThat(check(odd).examples()).isEqualTo(3);
    }

    private static GateReport with(String answer) {
        var examples = facts(20, 14);
        examples.set(0, example(1, examples.getFirst().question(), answer));
        return check(examples);
    }
}
