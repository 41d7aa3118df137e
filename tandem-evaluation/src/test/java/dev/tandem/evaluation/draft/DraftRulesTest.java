package dev.tandem.evaluation.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The old network is switched off on 31 January 2026. | When is the old network switched off? | 31 January 2026",
                "Everyone gets 27 days of paid leave a year. | How many days of paid leave does everyone get a year? | 27 days of paid leave",
                "Your manager answers within five working days. | Within how many working days does my manager answer? | five working days",
                "You may spend up to 6,000 EUR a year at the network. | How much may I spend a year at the network? | up to 6,000 EUR",
                "The course lasts two days. | How long does the course last? | two days",
                "Ropes are replaced every four months. | How often are ropes replaced? | every four months",
                "The order network is copied every 15 minutes. | How often is the order network copied? | every 15 minutes",
                "Gas cartridges are stored in the cage behind the gate. | Where are gas cartridges stored? | in the cage behind the gate",
                "Members need no receipt because we keep their orders. | Why do members need no receipt? | we keep their orders",
                "The product manager stops its sale of network plugs at once. | Who stops the sale? | -",
                "Repairs are handled by the network engineer. | Who are repairs handled by? | the network engineer",
                "If you fall ill during the holidays, tell us on the same day. | What should I do if I fall ill during the holidays? | tell us on the same day",
                "If the power is not back soon, the shift leader sends the parcels to the gate. | What happens if the power is not back soon? | the shift leader sends the parcels to the gate",
                "To request a basement locker, write to the service desk. | How do I request a basement locker? | write to the service desk",
                "Contact the service desk for questions about old laptops. | Who do I contact for questions about old laptops? | the service desk",
                "Slack is a chat client for all teams. | What is Slack? | a chat client for all teams",
            })
    void aSentenceIsAskedForByTurningItRound(String sentence, String question, String answer) {
        var drafts = drafts(document("Network", "We also use Slack here. " + sentence));
        if (answer.equals("-")) {
            assertThat(drafts).noneMatch(draft -> draft.question().contains(question.replace("?", "")));
        } else {
            assertThat(drafts).anySatisfy(draft -> {
                assertThat(plain(draft.question())).isEqualTo(question);
                assertThat(draft.answers()).containsExactly(answer);
            });
        }
    }

    private static String plain(String question) {
        var text = question.replaceFirst("^According to “[^”]*”, ", "");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It lasts two days.",
                "This is why they are replaced every four months.",
                "The board looks at plans in February, May and November.",
                "However, the course lasts two days.",
                "If you start during the year you get a part of the days, rounded up.",
                "Call your manager before the shift starts at 9:00.",
                "If you need pens, paper, or staples, ask.",
                "See the table below for how long each course lasts.",
            })
    void whatCannotBeAskedAloneOrWhole_isNotAsked(String sentence) {
        assertThat(drafts(document("Network", sentence))).isEmpty();
    }

    @Test
    void aTableIsAskedForByRowAndColumn() {
        var drafts = drafts(
                document(
                        "Workshop prices",
                        "Service: Ski waxing | Price (EUR): 35 | Open: yes\nService: Edge grinding | Price (EUR): 45 | Open: no"));
        assertThat(drafts).extracting(Draft::question).contains("What is the price in EUR of Edge grinding?");
        assertThat(drafts).noneMatch(draft -> draft.answers().contains("yes"));
        assertThat(drafts).allMatch(draft -> draft.origin() == Draft.Origin.TABLE);
    }

    @Test
    void questionsThatStandInADocumentKeepTheirWords() {
        var drafts = drafts(document(
                "Your first month",
                "Things people ask\n\nMay I bring my dog? In the office on Fridays, if nobody minds."));
        assertThat(drafts).extracting(Draft::question).contains("According to “Your first month”, may I bring my dog?");
    }

    @Test
    void aHeadingIsAFallbackAndFrontMatterTheLast() {
        var metadata = new Metadata(Map.of("author", List.of(new FieldValue.Text("People team"))));
        var passage = new Passage(
                "a.md", 0, "Handbook", List.of("Dress"), "Wear anything that is warm enough for hills.", 0, 9);
        var drafts = drafts(new SourceDocument("a.md", "Handbook", metadata, List.of(passage)));
        assertThat(drafts)
                .extracting(Draft::question, Draft::worth)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("What does “Handbook” say about dress?", 1),
                        org.assertj.core.groups.Tuple.tuple("Who is the author of “Handbook”?", 0));
    }

    /** Random documents of the sentences that the rules look for, and of noise. */
    @Test
    void everyAnswerStandsInItsDocumentToTheLetterAndEveryQuestionIsWhole() {
        var random = new Random(20_261_126);
        var subjects = List.of(
                "The old gate",
                "Each store",
                "Members of the club",
                "Your manager",
                "We",
                "You",
                "It",
                "The “big” store (north)");
        var verbs = List.of(
                "is opened", "gets", "are paid", "answers", "may keep", "costs", "weighs", "has", "cannot be moved");
        var rests = List.of(
                "on 3 May 2025",
                "27 days of leave a year",
                "within two hours",
                "up to 1,200 EUR",
                "every week",
                "in the cage, the box and the hall",
                "by the safety officer",
                "because nobody came",
                "from 9:00 to 12:00 and after",
                "1.5 kg");
        int made = 0;
        for (int i = 0; i < 600; i++) {
            var text = new StringBuilder();
            for (int s = 0; s < 4; s++) {
                text.append(pick(subjects, random))
                        .append(' ')
                        .append(pick(verbs, random))
                        .append(' ')
                        .append(pick(rests, random))
                        .append(random.nextInt(5) == 0 ? "\n\n" : ". ");
            }
            text.append("\n\nName: ")
                    .append(pick(subjects, random))
                    .append(" | Price: ")
                    .append(pick(rests, random));
            var document = document("Title " + i, text.toString());
            for (var draft : drafts(document)) {
                made++;
                assertThat(draft.answers()).isNotEmpty().allMatch(document::holds);
                assertThat(draft.question())
                        .endsWith("?")
                        .doesNotContain("  ", "??")
                        .matches("\\p{Lu}.*");
            }
        }
        assertThat(made).isGreaterThan(500);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<Draft> drafts(SourceDocument document) {
        return DraftRules.over(List.of(document)).of(document);
    }

    static SourceDocument document(String title, String text) {
        return document("folder/" + title + ".md", title, text);
    }

    static SourceDocument document(String path, String title, String text) {
        return new SourceDocument(
                path, title, Metadata.EMPTY, List.of(new Passage(path, 0, title, List.of(), text, 0, 50)));
    }
}
