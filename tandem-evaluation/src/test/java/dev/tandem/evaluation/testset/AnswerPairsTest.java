package dev.tandem.evaluation.testset;

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

class AnswerPairsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void pairsAreMatchedByIdInTheOrderOfThePredictions() throws IOException {
        var predictions = write("p.jsonl", """
                {"id": "b", "prediction": "two", "model": "m"}

                {"id": 1, "prediction": ""}
                {"id": "lonely", "prediction": "x"}
                """);
        var references = write("r.jsonl", """
                {"id": "1", "references": ["", "one"]}
                {"id": "unanswered", "reference": "y"}
                {"id": "b", "reference": "zwei"}
                """);
        var pairs = AnswerPairs.read(predictions, references);
        assertThat(pairs.pairs())
                .containsExactly(
                        new AnswerPair("b", "two", List.of("zwei"), references + ", line 3"),
                        new AnswerPair("1", "", List.of("", "one"), references + ", line 1"));
        assertThat(pairs.withoutReference()).containsExactly("lonely");
        assertThat(pairs.withoutPrediction()).containsExactly("unanswered");
        assertThat(pairs.references()).isEmpty();
        assertThat(AnswerPairs.read(predictions).pairs()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"id\": \"a\"} | line 2: the field \"references\" is missing",
                "{\"references\": [\"x\"]} | line 2: the field \"id\" is missing",
                "{\"id\": \"\", \"references\": [\"x\"]} | line 2: \"id\" is empty",
                "{\"id\": [1], \"references\": [\"x\"]} | line 2: \"id\" is [1], which is no text",
                "{\"id\": \"a\", \"references\": []} | line 2: \"references\" is an empty list",
                "{\"id\": \"a\", \"references\": \"x\"} | line 2: \"references\" is no list",
                "{\"id\": \"a\", \"references\": [\"x\", 5]} | line 2: \"references\", number 2, is 5, which is no text",
                "{\"id\": \"a\", \"references\": [null]} | line 2: \"references\", number 1, is null, which is no text",
                "{\"id\": \"a\", \"reference\": NaN} | line 2: the line is no JSON",
                "{\"id\": \"a\", \"reference\": \"x\", \"references\": [\"x\"]} | line 2: there are \"references\" and",
                "{\"id\": \"first\", \"reference\": \"x\"} | line 2: the id 'first' came before, in line 1",
                "{\"id\": \"a\", \"reference\": \"x\" | line 2: the line is no JSON",
                "{\"id\": \"a\", \"id\": \"b\", \"reference\": \"x\"} | line 2: the line is no JSON",
                "[1] | line 2: the line is no JSON object"
            })
    void whatIsWrongIsSaidWithFileAndLine(String line, String message) throws IOException {
        var predictions = write("p.jsonl", "{\"id\": \"first\", \"prediction\": \"x\"}\n");
        var references = write("r.jsonl", "{\"id\": \"first\", \"reference\": \"x\"}\n" + line + "\n");
        assertThatThrownBy(() -> AnswerPairs.read(predictions, references))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith(references + ", " + message);
    }

    @Test
    void aPredictionThatIsNoTextIsRefused() throws IOException {
        var predictions = write("p.jsonl", "{\"id\": \"a\", \"prediction\": null}\n");
        assertThatThrownBy(() -> AnswerPairs.read(predictions))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("p.jsonl, line 1: \"prediction\" is null, which is no text");
    }

    @Test
    void filesWithoutRecordsOrWithoutACommonIdAreRefused() throws IOException {
        var predictions = write("p.jsonl", "{\"id\": \"a\", \"prediction\": \"x\"}\n");
        var references = write("r.jsonl", "{\"id\": \"b\", \"reference\": \"x\"}\n");
        var empty = write("empty.jsonl", "\n");
        assertThatThrownBy(() -> AnswerPairs.read(predictions, references))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("the first are 'a' and 'b'");
        assertThatThrownBy(() -> AnswerPairs.read(predictions, empty))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> AnswerPairs.read(folder.resolve("none"), references))
                .isInstanceOf(MendableException.class);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
