package dev.tandem.evaluation.metric.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCheckTest {
    /** Tries every way to cut a text into seven parts. */
    private static final String RUNAWAY = "^(.*)(.*)(.*)(.*)(.*)(.*)(.*)x";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "So the answer is 42. | 42",
                "2 apples and 3 pears make 5 | 5",
                "#### 1,234,567.50 | 1234567.50",
                "$1,000 | 1000",
                "-$5 | -5",
                "−7 °C | -7",
                "+8 | 8",
                "12.5% | 12.5",
                "12,5 cm | 12.5",
                "0,125 | 0.125",
                "1.234,56 EUR | 1234.56",
                "1'234 CHF | 1234",
                "5 m2 | 5",
                "5 m² | 5",
                "3 t of CO2 | 3",
                "the years 2020-21 | 21",
                "pages 3-7 | 7",
                "- 5 | 5",
                "3/4 | 0.75",
                ".5 | .5",
                "1e-3 | 0.001",
                "6.02E23 mol | 602000000000000000000000",
                "the 3rd | 3",
                "Step 1: 9 | 9",
                "the answer is...5 | 5",
                "12345678901234567891 | 12345678901234567891",
            })
    void theLastNumberOfAnAnswerIsFound(String text, String number) {
        assertThat(LastNumber.of(text)).isPresent();
        assertThat(LastNumber.of(text).orElseThrow()).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "version 1.2.3", "on 3/4/2026", "at 10:30", "H2O", "5/0", "1,2,3"})
    void digitsOfOtherThingsAreNoNumbers(String text) {
        assertThat(LastNumber.of(text)).isEmpty();
    }

    @Test
    void hugeNumbersAndLongTextsOfDigitsAreReadInNoTime() {
        assertThat(LastNumber.of("1,".repeat(100_000) + "9".repeat(100_000))).isEmpty();
        assertThat(LastNumber.of("9e999 1e-999")).isPresent();
        assertThat(LastNumber.of("7 and 1e99999")).isPresent();
    }

    @Test
    void aNumberMayBeOffByTheTolerance() {
        var check = new NumericCheck(0.01);
        assertThat(check.right("about 101", List.of("100"))).contains(true);
        assertThat(check.right("about 99", List.of("100"))).contains(true);
        assertThat(check.right("about 101.5", List.of("100"))).contains(false);
        assertThat(check.right("about 101.5", List.of("100", "102"))).contains(true);
        assertThat(check.right("-100", List.of("100"))).contains(false);
        assertThat(check.right("0.005", List.of("0"))).contains(true);
        assertThat(check.right("no idea", List.of("0"))).contains(false);
    }

    @Test
    void withoutToleranceNumbersAreEqualAsDecimals() {
        var check = new NumericCheck(0);
        assertThat(check.right("2.00", List.of("2"))).contains(true);
        assertThat(check.right("0.1", List.of("0.10000000000000001"))).contains(false);
        assertThat(check.right("12345678901234567891", List.of("12345678901234567890")))
                .contains(false);
        assertThat(check.fault("seven")).contains("has no number");
        assertThatThrownBy(() -> new NumericCheck(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLabelIsTheWholeAnswerButForItsClothes() {
        var check = new LabelCheck();
        for (var answer : List.of("Positive", " **positive**. ", "\"POSITIVE\"\n", "ｐｏｓｉｔｉｖｅ", "[positive]")) {
            assertThat(check.right(answer, List.of("negative", "positive")))
                    .as(answer)
                    .contains(true);
        }
        for (var answer : List.of("not positive", "positively", "", "positive or negative")) {
            assertThat(check.right(answer, List.of("positive"))).as(answer).contains(false);
        }
        assertThat(check.right("C#", List.of("C"))).contains(false);
        assertThat(check.right("?", List.of("!"))).contains(false);
        assertThat(check.right("out of\n scope", List.of("Out of scope"))).contains(true);
        assertThat(check.fault(" ")).isPresent();
    }

    @Test
    void anAnswerContainsWholeWordsOrSignsOfAScriptWithoutSpaces() {
        var check = new ContainsCheck();
        assertThat(check.right("It takes 26 weeks.", List.of("26 Weeks"))).contains(true);
        assertThat(check.right("It takes 260 weeks.", List.of("26"))).contains(false);
        assertThat(check.right("日本の首都は東京です。", List.of("東京"))).contains(true);
        assertThat(check.right("日本の首都は京都です。", List.of("東京"))).contains(false);
        assertThat(check.fault("the")).isPresent();
        assertThat(check.fault("東京")).isEmpty();
    }

    @Test
    void aRegularExpressionIsFoundAndARunawayOneTellsNothing() {
        var check = new RegexCheck();
        assertThat(check.right("Yes, it is.", List.of("^(?i:yes)\\b"))).contains(true);
        assertThat(check.right("Well, yes.", List.of("^(?i:yes)\\b"))).contains(false);
        assertThat(check.right("a".repeat(500), List.of(RUNAWAY))).isEmpty();
        assertThat(check.right("a".repeat(500), List.of(RUNAWAY, "a$"))).contains(true);
        assertThat(check.right("ab".repeat(200_000), List.of("^(a|b|c)*d"))).isEmpty();
        assertThat(check.fault("(")).get().asString().contains("no regular expression");
        assertThat(check.fault("(a)")).isEmpty();
    }

    @Test
    void anAnswerIsValidByASchema(@TempDir Path folder) throws IOException {
        var check = JsonSchemaCheck.read(Files.writeString(folder.resolve("schema.json"), """
                {"type": "object", "required": ["n"], "additionalProperties": false,
                 "properties": {"n": {"type": "integer", "minimum": 1}, "s": {"type": "string", "pattern": "%s"}}}
                """.formatted(RUNAWAY)));
        assertThat(check.needsReferences()).isFalse();
        assertThat(check.right("{\"n\": 1}", List.of())).contains(true);
        assertThat(check.right("\n{\"n\": 2.0}\n", List.of())).contains(true);
        for (var answer :
                List.of("", "{\"n\": 0}", "{\"n\": 1} ok", "```json\n{\"n\": 1}\n```", "{\"n\": 1, \"n\": 2}", "{}")) {
            assertThat(check.right(answer, List.of())).as(answer).contains(false);
        }
        assertThat(check.right("{\"n\": 1, \"s\": \"" + "a".repeat(500) + "\"}", List.of()))
                .isEmpty();
    }

    @Test
    void aSchemaThatIsNoneOrRefersElsewhereIsRefused(@TempDir Path folder) throws IOException {
        var file = folder.resolve("schema.json");
        assertThatThrownBy(() -> JsonSchemaCheck.read(file)).isInstanceOf(MendableException.class);
        for (var text : List.of("{", "[]", "{\"$ref\": \"https://example.org/s.json\"}", "{\"pattern\": \"(\"}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> JsonSchemaCheck.read(file))
                    .as(text)
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("schema.json");
        }
    }
}
