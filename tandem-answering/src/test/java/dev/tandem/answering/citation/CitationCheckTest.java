package dev.tandem.answering.citation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.answering.prompt.Passages;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitationCheckTest {
    private static final List<RetrievedPassage> PASSAGES = List.of(
            Passages.of(
                    "leave.md",
                    "Parental leave",
                    "This page is for everyone. Employees receive 16 weeks of paid parental leave. Ask your manager"
                            + " Ingrid Berg at least two months before."),
            Passages.of(
                    "tent.md", "Fjell tent", "The tent weighs 3.5 kg. It sleeps four people. It costs 1,200 euros."),
            Passages.of(
                    "stove.md", "Ember stove", "The stove burns gas. It weighs 400 g and boils a litre in 3 minutes."));

    @Test
    void aSupportedSentenceKeepsItsCitationWithTheSentenceThatSupportsIt() {
        var checked = CitationCheck.check("Employees get 16 weeks of paid parental leave [1].", PASSAGES);
        assertThat(checked.text()).isEqualTo("Employees get 16 weeks of paid parental leave [1].");
        assertThat(checked.citations())
                .containsExactly(new Citation(
                        1,
                        "leave.md",
                        "passage 1",
                        "Employees receive 16 weeks of paid parental leave.",
                        "leave.md#0"));
        assertThat(checked.unsupported()).isEmpty();
    }

    @Test
    void citationsAreRenumberedInOrderOfAppearanceOneForEachQuote() {
        var checked = CitationCheck.check(
                "The stove boils a litre in 3 minutes [3]. The tent weighs 3.5 kg.[2] The tent costs 1200 euros [2]."
                        + " The tent weighs 3.5 kg [2].",
                PASSAGES);
        assertThat(checked.text())
                .isEqualTo("The stove boils a litre in 3 minutes [1]. The tent weighs 3.5 kg.[2] The tent costs 1200"
                        + " euros [3]. The tent weighs 3.5 kg [2].");
        assertThat(checked.citations()).extracting(Citation::number).containsExactly(1, 2, 3);
        assertThat(checked.citations())
                .extracting(Citation::document)
                .containsExactly("stove.md", "tent.md", "tent.md");
    }

    @Test
    void aQuoteTakesTwoSentencesWhenTheClaimNeedsBoth() {
        var checked = CitationCheck.check("The tent weighs 3.5 kg and sleeps four people [2].", PASSAGES);
        assertThat(checked.citations())
                .extracting(Citation::quote)
                .containsExactly("The tent weighs 3.5 kg. It sleeps four people.");
    }

    @Test
    void twoPassagesMaySupportASentenceTogether() {
        var checked = CitationCheck.check(
                "The Fjell tent weighs 3.5 kg [2], whereas the Ember stove weighs 400 g [3].", PASSAGES);
        assertThat(checked.text())
                .isEqualTo("The Fjell tent weighs 3.5 kg [1], whereas the Ember stove weighs 400 g [2].");
        assertThat(checked.unsupported()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Employees receive 18 weeks of paid parental leave [1].",
                "Employees receive sixty weeks of paid parental leave [1].",
                "Employees receive paid parental leave since 2025-03-01 [1].",
                "Ask your manager Olaf Berg two months before [1].",
                "Employees may bring their dog to the office on any day [1].",
                "Employees receive 18 weeks of paid parental leave."
            })
    void aClaimThatNoPassageHasIsUnsupportedAndUncited(String claim) {
        var checked = CitationCheck.check(claim, PASSAGES);
        assertThat(checked.citations()).isEmpty();
        assertThat(checked.text()).doesNotContain("[").isEqualTo(claim.replace(" [1]", ""));
        assertThat(checked.unsupported()).containsExactly(checked.text());
    }

    @Test
    void aWrongCitationIsReplacedByThePassageThatSupports() {
        var checked = CitationCheck.check("Employees receive 16 weeks of paid parental leave [3].", PASSAGES);
        assertThat(checked.text()).isEqualTo("Employees receive 16 weeks of paid parental leave [1].");
        assertThat(checked.citations()).extracting(Citation::document).containsExactly("leave.md");
    }

    @Test
    void aMissingCitationIsAddedBeforeTheStop() {
        var checked = CitationCheck.check("The tent weighs 3.5 kg. It is lovely to camp in the wilderness.", PASSAGES);
        assertThat(checked.text()).isEqualTo("The tent weighs 3.5 kg [1]. It is lovely to camp in the wilderness.");
        assertThat(checked.unsupported()).containsExactly("It is lovely to camp in the wilderness.");
    }

    @Test
    void oneOfTwoCitationsThatAddsNothingIsDropped() {
        assertThat(CitationCheck.check("The tent weighs 3.5 kg [1][2].", PASSAGES)
                        .citations())
                .extracting(Citation::document)
                .containsExactly("tent.md");
    }

    @Test
    void numbersThatNameNoPassageAreRemovedAndReported() {
        var checked = CitationCheck.check("The tent weighs 3.5 kg [2][9]. It sleeps four people [0, 4].", PASSAGES);
        assertThat(checked.text()).isEqualTo("The tent weighs 3.5 kg [1]. It sleeps four people [2].");
        assertThat(checked.unknown()).containsExactly(9, 0, 4);
    }

    @Test
    void questionsLeadInsAndPleasantriesNeedNoSupport() {
        var checked =
                CitationCheck.check("Sure! The tent has these properties:\n- weight: 3.5 kg [2]\nMore?", PASSAGES);
        assertThat(checked.unsupported()).isEmpty();
        assertThat(checked.text()).isEqualTo("Sure! The tent has these properties:\n- weight: 3.5 kg [1]\nMore?");
    }

    @Test
    void marksAtTheBeginningOfALineBelongToIt() {
        var checked = CitationCheck.check("[2] The tent weighs 3.5 kg.\n[3] The stove burns gas.", PASSAGES);
        assertThat(checked.text()).isEqualTo("[1] The tent weighs 3.5 kg.\n[2] The stove burns gas.");
    }

    @Test
    void withoutPassagesEverythingIsUnsupported() {
        var checked = CitationCheck.check("The tent weighs 3.5 kg [1].", List.of());
        assertThat(checked.unsupported()).containsExactly("The tent weighs 3.5 kg.");
        assertThat(checked.unknown()).containsExactly(1);
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 500).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyNumberInTheTextResolvesToAnExactQuoteAndNothingElseChanges(int seed) {
        var random = new Random(seed);
        var pieces = List.of(
                "The tent weighs 3.5 kg",
                "It sleeps four people",
                "The stove burns gas",
                "Dogs fly",
                "Yes",
                "[1]",
                " [2]",
                "[3, 1]",
                " [1-3]",
                "[7]",
                "[2][3]",
                ". ",
                "! ",
                "\n",
                "\n- ",
                " ",
                ": ",
                "😀",
                "`a[1]`");
        var answer = new StringBuilder();
        for (int i = random.nextInt(15); i >= 0; i--) {
            answer.append(pieces.get(random.nextInt(pieces.size())));
        }
        var checked = CitationCheck.check(answer.toString(), PASSAGES);
        var marks = Pattern.compile("(?<!a)\\[(\\d+)]").matcher(checked.text());
        int highest = 0;
        while (marks.find()) {
            int number = Integer.parseInt(marks.group(1));
            assertThat(number).isBetween(1, highest + 1);
            highest = Math.max(highest, number);
        }
        assertThat(checked.citations()).hasSize(highest);
        for (var citation : checked.citations()) {
            assertThat(PASSAGES)
                    .anyMatch(p -> p.passage().id().equals(citation.passage())
                            && !citation.quote().isBlank()
                            && p.passage().text().contains(citation.quote()));
        }
        assertThat(words(checked.text())).isEqualTo(words(answer.toString()));
        assertThat(checked.unsupported())
                .allSatisfy(sentence -> assertThat(checked.text()).contains(sentence));
    }

    private static String words(String text) {
        return text.replaceAll("(?<!a)\\[[\\d, -]+]", "").replaceAll("\\s+", "");
    }
}
