package dev.tandem.knowledge.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordTest {
    @Test
    void wordsAreLettersAndNumbersOfAnyScriptAndOtherSignsPartThem() {
        var text = "  Größe \uD835\uDD38b Ⅷ, x² co\u2011op (Nr. 5) \uD83D\uDE00 policies \uD800";

        var words = Word.of(text);

        assertThat(words)
                .extracting(Word::written)
                .containsExactly("Größe", "\uD835\uDD38b", "Ⅷ", "x²", "co", "op", "Nr", "5", "policies");
        assertThat(words).filteredOn(Word::parted).extracting(Word::written).containsExactly("x²", "5", "policies");
        assertThat(words.getLast().form()).isEqualTo("policy");
        assertThat(words)
                .allSatisfy(word ->
                        assertThat(text.substring(word.start(), word.end())).isEqualTo(word.written()));
        assertThat(Word.of("")).isEmpty();
    }
}
