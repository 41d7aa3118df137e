package dev.tandem.workspace.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.passage.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskedAttributesTest {
    private static final List<Passage> PASSAGES = List.of(
            sheet("Skarn Tent Pro", "- sleeps: two\n- price: €410\n"),
            sheet("Skarn Tent", "- sleeps: three\n- water column: 3,000 mm\n- price: €289\n"),
            sheet("Lyng Stove", "- fuel: gas\n- price: €39\n"),
            new Passage("note.md", 0, "Note", List.of(), "The Skarn Tent is sold out.", 0, 9));

    private static Passage sheet(String title, String text) {
        return new Passage(title.replace(' ', '-') + ".md", 0, title, List.of(), text, 0, 20);
    }

    @Test
    void theSheetThatIsNamedGivesAllItsAttributesAndTheOthersNone() {
        assertThat(AskedAttributes.of("Describe the Skarn tent.", PASSAGES).text())
                .isEqualTo("name: Skarn Tent\nsleeps: three\nwater column: 3,000 mm\nprice: €289");
    }

    @Test
    void theLongerNameIsNotTheShorterOne() {
        var asked = AskedAttributes.of("Describe the Skarn Tent Pro", PASSAGES);

        assertThat(asked.values()).containsExactly("Skarn Tent Pro", "two", "€410");
    }

    @Test
    void keysThatTheQuestionNamesComeAloneAndInItsOrder() {
        assertThat(AskedAttributes.of("inform(name=skarn tent;price;sleeps)", PASSAGES)
                        .text())
                .isEqualTo("name: Skarn Tent\nprice: €289\nsleeps: three");
    }

    @Test
    void severalProductsComeInTheOrderOfTheirNames() {
        assertThat(AskedAttributes.of("Compare the price of Lyng Stove and Skarn Tent", PASSAGES)
                        .text())
                .isEqualTo("name: Lyng Stove\nprice: €39\nname: Skarn Tent\nprice: €289");
    }

    @Test
    void aSheetInSeveralPassagesIsOne() {
        var parts = List.of(sheet("Skarn Tent", "- sleeps: three"), sheet("Skarn Tent", "- price: €289"));

        assertThat(AskedAttributes.of("the Skarn Tent", parts).values()).containsExactly("Skarn Tent", "three", "€289");
    }

    @Test
    void withoutAKnownNameThereIsNothing() {
        assertThat(AskedAttributes.of("Describe the Skarning Tents", PASSAGES).sheets())
                .isEmpty();
        assertThat(new HybridPrompt("{question}\n{attributes}").fill("Hello?", PASSAGES))
                .isEqualTo("Hello?");
    }
}
