package dev.tandem.evaluation.metric.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.metric.fact.AttributeSheet.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactCheckTest {
    private static final FactCheck CHECK = new FactCheck(
            List.of("satellite pro", "satellite pro 40", "4 gb", "8 gb", "1.37 kg", "€160", "good", "moss green"));

    @Test
    void aTextThatSaysEveryValueOnceHasNoErrors() {
        var errors = CHECK.errors(
                "The Satellite Pro 40 has 4GB of memory, weighs 1.37 kg, and is €160.",
                List.of("satellite pro 40", "4 gb", "1.37 kg", "€160"));

        assertThat(errors).isEqualTo(new FactErrors(4, List.of(), List.of()));
        assertThat(errors.rate()).isZero();
        assertThat(errors.sentence()).isEqualTo("all 4 facts, none added");
    }

    @Test
    void aValueThatIsAnothersIsMissingOnceAndAddedOnce() {
        var errors = CHECK.errors("the satellite pro 40 has 8 gb", List.of("satellite pro 40", "4 gb"));

        assertThat(errors.missing()).containsExactly("4 gb");
        assertThat(errors.added()).containsExactly("8 gb");
        assertThat(errors.rate()).isEqualTo(1.0);
        assertThat(errors.sentence()).isEqualTo("missing: 4 gb; added: 8 gb");
    }

    @Test
    void aWordBelongsToTheLongestValueThatItIsPartOf() {
        assertThat(CHECK.errors("the satellite pro 40 is good", List.of("satellite pro 40", "satellite pro"))
                        .missing())
                .containsExactly("satellite pro");
        assertThat(CHECK.errors("the satellite pro 40 of the satellite pro family", List.of("satellite pro 40"))
                        .added())
                .containsExactly("satellite pro");
    }

    @Test
    void whatIsSaidTwiceThoughItIsGivenOnceIsAdded() {
        assertThat(CHECK.errors("4 gb , and 4 gb again", List.of("4 gb")).added())
                .containsExactly("4 gb");
        assertThat(CHECK.errors("4 gb , and 4 gb again", List.of("4 gb", "4 gb"))
                        .count())
                .isZero();
    }

    @Test
    void numbersAreWholeAndOrdinaryWordsAreNobodysValue() {
        assertThat(CHECK.errors("it weighs 1.3 kg and 14 gb", List.of("1.37 kg", "4 gb"))
                        .missing())
                .containsExactlyInAnyOrder("1.37 kg", "4 gb");
        assertThat(CHECK.errors("a good one", List.of()).count()).isZero();
        assertThat(CHECK.errors("a good one", List.of("good")).count()).isZero();
        assertThat(CHECK.errors("a fine one", List.of("good")).missing()).containsExactly("good");
    }

    @Test
    void whatNoTextSaysWordByWordIsNotChecked() {
        assertThat(CHECK.errors("for business", List.of("true", "dontcare", "none", "")))
                .isEqualTo(new FactErrors(0, List.of(), List.of()));
    }

    @Test
    void theRateOfSeveralTextsWeighsFacts() {
        var sum = FactErrors.sum(
                List.of(CHECK.errors("4 gb", List.of("4 gb")), CHECK.errors("", List.of("8 gb", "good", "€160"))));

        assertThat(sum.facts()).isEqualTo(4);
        assertThat(sum.rate()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void takingAValueOutOfATextMakesOneErrorWhateverTheText() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var values = new ArrayList<String>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                values.add((char) ('a' + i) + " value " + random.nextInt(1000));
            }
            var check = new FactCheck(values);
            assertThat(check.errors(String.join(" and ", values), values).count())
                    .isZero();
            int gone = random.nextInt(values.size());
            var said = new ArrayList<>(values);
            said.remove(gone);
            assertThat(check.errors(String.join(" and ", said), values).missing())
                    .containsExactly(values.get(gone));
        }
    }

    @Test
    void aSheetIsReadFromListsLinesAndTables() {
        var text = """
                # Skarn Tent

                Made in Bergen.

                - sleeps: two
                * **water column:** 3,000 mm
                colour: moss green

                | attribute | value |
                |---|---|
                | price | €160 |
                """;

        assertThat(AttributeSheet.read("Skarn Tent", text).orElseThrow())
                .isEqualTo(new AttributeSheet(
                        "Skarn Tent",
                        List.of(
                                new Attribute("sleeps", "two"),
                                new Attribute("water column", "3,000 mm"),
                                new Attribute("colour", "moss green"),
                                new Attribute("price", "€160"))));
        assertThat(AttributeSheet.read("Note", "Nothing here.")).isEmpty();
    }
}
