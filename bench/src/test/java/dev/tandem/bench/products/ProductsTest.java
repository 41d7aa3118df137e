package dev.tandem.bench.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.bench.starter.Tasks.Dialogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductsTest {
    private static final List<DialogueAct> ACTS = List.of(
                    "inform(name=tecra 40;type=laptop;memory=4 gb;isforbusinesscomputing=true)",
                    "recommend(name=tecra 40;type=laptop;price=9 dollars;isforbusinesscomputing=false)",
                    "?compare(name=tecra 40;memory=4 gb;name=portege 7;memory=8 gb)",
                    "inform_count(count=58;type=laptop;pricerange=dontcare)")
            .stream()
            .map(DialogueAct::parse)
            .toList();

    private final Catalogue catalogue = new Catalogue(ACTS);

    @Test
    void aSheetHoldsWhatTheActsAgreeOn(@TempDir Path folder) throws Exception {
        catalogue.write(folder);

        assertThat(catalogue.unsettled()).containsExactly("isforbusinesscomputing");
        assertThat(folder.resolve("tecra-40.md"))
                .hasContent("# tecra 40\n\n- type: laptop\n- memory: 4 gb\n- price: 9 dollars\n");
        assertThat(Files.readString(folder.resolve("portege-7.md"))).contains("- memory: 8 gb");
    }

    @Test
    void aRequestKeepsOnlyTheValuesThatNoSheetHas() {
        assertThat(ACTS.stream().map(catalogue::request))
                .containsExactly(
                        "inform(name=tecra 40;type;memory;isforbusinesscomputing=true)",
                        "recommend(name=tecra 40;type;price;isforbusinesscomputing=false)",
                        "?compare(name=tecra 40;memory;name=portege 7;memory)",
                        "inform_count(count=58;type=laptop;pricerange=dontcare)");
    }

    @Test
    void referencesAreThoseOfAllActsWithTheSameKeysWithTheActsOwnValues() {
        var test = CorpusScore.test(List.of(
                new Dialogue("inform(name=tecra 40;memory=4 gb)", "the tecra 40 has a memory of 4 gb"),
                new Dialogue("inform(memory=8 gb;name=portege 7)", "with 8 gb of memory comes the portege 7")));
        var score = new CorpusScore(test, catalogue.values());

        var swapped = score.score(
                List.of("with 4 gb of memory comes the tecra 40 .", "the portege 7 has a memory of 8 gb"),
                new int[] {0, 1});
        assertThat(swapped.bleu()).isCloseTo(1, within(1e-9));
        assertThat(swapped.errors().count()).isZero();
        assertThat(swapped.errors().facts()).isEqualTo(4);

        var wrong = score.score(
                List.of("the tecra 40 has a memory of 8 gb", "the portege 7 has a memory of 8 gb"), new int[] {0, 1});
        assertThat(wrong.errors().missing()).containsExactly("4 gb");
        assertThat(wrong.errors().added()).containsExactly("8 gb");
    }

    @Test
    void theBinarySlotIsCountedByItsKeywords() {
        var test = CorpusScore.test(List.of(new Dialogue(
                "inform(name=tecra 40;isforbusinesscomputing=false)", "the tecra 40 is for home computing")));
        var score = new CorpusScore(test, catalogue.values());

        assertThat(score.score(List.of("the tecra 40 is for home computing"), new int[] {0})
                        .rateWithBinary())
                .isZero();
        assertThat(score.score(List.of("the tecra 40"), new int[] {0}).rateWithBinary())
                .isEqualTo(0.5);
    }
}
