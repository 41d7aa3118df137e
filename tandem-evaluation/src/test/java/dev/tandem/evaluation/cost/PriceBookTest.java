package dev.tandem.evaluation.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theShippedBookIsWrittenToBeEditedAndReadAgain() throws Exception {
        var file = folder.resolve("prices.yaml");
        PriceBook.writeShipped(file);
        var book = PriceBook.read(file);
        assertThat(book.prices()).isEqualTo(PriceBook.shipped().prices()).hasSize(PriceName.values().length);
        assertThat(book.entry(PriceName.LORA).source()).isEqualTo("published planning figure");
        assertThat(book.entry(PriceName.LORA).date()).isEqualTo("2026-11-26");
        Files.writeString(file, Files.readString(file).replace("low: 2000", "low: 2500"));
        assertThat(PriceBook.read(file).price(PriceName.RAG_SETUP)).isEqualTo(Range.of(2_500, 8_000));
        assertThatThrownBy(() -> PriceBook.writeShipped(file))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("is there already");
    }

    /** What is replaced by what (~ is a line break), the line that is named, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "low: 2000          | low: -5             | 9 | prices.rag_setup.low must be a number of at least 0, not \"-5\"",
                "low: 2000          | low: .nan           | 9 | not \".nan\"",
                "low: 2000          | low: NaN            | 9 | not \"NaN\"",
                "low: 2000          | low: Infinity       | 9 | not \"Infinity\"",
                "low: 2000          | low: 2'000 dollars  | 9 | write it in digits",
                "low: 2000          | low: 9000           | 10 | prices.rag_setup.high (8,000) is below its low (9,000): swap them",
                "low: 2000          | low:                | 9 | prices.rag_setup.low has no value",
                "low: 2000          | cheap: 2000         | 9 | unknown key cheap in prices.rag_setup: known are low, high",
                "low: 2000          | high: 2000          | 10 | high stands twice in prices.rag_setup",
                "unit: once         | unit: month         | 11 | must be a price for one `once`, not \"month\"",
                "currency: USD~     | currency: EUR~      | 12 | prices.rag_setup is in USD, but the book is in EUR: convert it",
                "currency: USD~     | currency: dollars~  | 4 | currency must be a code of three capital letters",
                "date: 2026-11-26   | date: last week     | 13 | must be the day on which the price was looked up, like 2026-01-31",
                "rag_setup:         | rag_set_up:         | 8 | unknown key rag_set_up in prices",
                "documents: 10000   | documents: 0        | 153 | assumptions.documents must be a number of at least 1",
                "prices:            | prices: [           | 8 | this is not valid YAML",
            })
    void aWrongBookIsRefusedWithLineAndMend(String right, String wrong, int line, String said) {
        var text = PriceBook.shippedText();
        int at = text.indexOf(right.replace("~", "\n"));
        assertThat(at).as(right).isNotNegative();
        var changed = text.substring(0, at)
                + wrong.replace("~", "\n")
                + text.substring(at + right.replace("~", "\n").length());
        assertThatThrownBy(() -> PriceBookReader.read(changed, "mine.yaml"))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith("mine.yaml:")
                .hasMessageContaining(said)
                .satisfies(thrown -> {
                    // Where the parser itself gives up is its own matter.
                    if (!said.contains("valid YAML")) {
                        assertThat(thrown.getMessage()).startsWith("mine.yaml:" + line + ":");
                    }
                });
    }

    @Test
    void aMissingPriceIsNamed() {
        var text = PriceBook.shippedText();
        int from = text.indexOf("  qlora:");
        var without = text.substring(0, from) + text.substring(text.indexOf("  prompt_tuning:"));
        assertThatThrownBy(() -> PriceBookReader.read(without, "mine.yaml"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("mine.yaml:6: ")
                .hasMessageContaining("qlora is missing in prices: add it (`tandem cost --write-price-book FILE`");
    }

    @Test
    void noBookAtAllIsSaid() {
        assertThatThrownBy(() -> PriceBookReader.read("", "mine.yaml")).hasMessageContaining("the price book is empty");
        assertThatThrownBy(() -> PriceBookReader.read("- 1\n", "mine.yaml")).hasMessageContaining("must hold keys");
        assertThatThrownBy(() -> PriceBook.read(folder.resolve("none.yaml")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--write-price-book");
    }
}
