package dev.tandem.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.cli.console.Terminal;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
    private static final Path STANDARD = Path.of("-");
    private static final Answerer ECHO = (question, filter, partial) ->
            new Answer(question + " " + filter, false, List.of(), List.of(), List.of(), Map.of());

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Batch batch =
            new Batch(Terminal.plain(new PrintWriter(out), new PrintWriter(err)), new Filter.All(), Progress.silent());

    @Test
    void questionsStreamFromStdinToStdout() {
        var outcome = batch.answer(
                ECHO,
                -1,
                STANDARD,
                in("\uFEFF{\"id\":\"1\",\"question\":\"é?\"}\r\n\n{\"id\":2,\"question\":\"b\",\"filter\":\"x = 1\"}"),
                STANDARD);
        assertThat(outcome).isEqualTo(new Batch.Outcome(2, 0));
        assertThat(out.toString().lines().toList().getFirst())
                .startsWith("{\"id\":\"1\",\"question\":\"é?\",\"answer\":\"é? All[]\"");
        assertThat(out.toString().lines().toList().get(1)).contains("\"id\":\"2\"", "b Comparison[field=x");
    }

    @Test
    void aFailureHalfWayKeepsWhatThereIsBesideTheFileAndLeavesTheFileAlone(@TempDir Path folder) throws Exception {
        var answers = Files.writeString(folder.resolve("a.jsonl"), "old");
        assertThatThrownBy(
                        () -> batch.answer(ECHO, -1, STANDARD, in("{\"id\":\"1\",\"question\":\"a\"}\n{oops"), answers))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith("stdin:2: this line is no question");
        assertThat(answers).hasContent("old");
        assertThat(Files.readAllLines(folder.resolve("a.jsonl.partial"))).hasSize(1);
        assertThat(err.toString()).contains("a.jsonl.partial");
    }

    @Test
    void aWholeFileTakesThePlaceOfWhatWasThere(@TempDir Path folder) throws Exception {
        var answers = Files.writeString(folder.resolve("a.jsonl"), "old");
        batch.answer(ECHO, 1, STANDARD, in("{\"id\":\"1\",\"question\":\"a\"}\n"), answers);
        assertThat(Files.readString(answers)).startsWith("{\"id\":\"1\"");
        assertThat(folder.resolve("a.jsonl.partial")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | it must be an object",
                "7 | it must be an object",
                "{\"id\": \"1\"} | question is missing",
                "{\"question\": \"a\"} | id is missing",
                "{\"id\": \"1\", \"question\": \"  \"} | its question is empty",
                "{\"id\": \"1\", \"question\": 3} | question must be a text",
                "{\"id\": [], \"question\": \"a\"} | id must be a text",
                "{\"id\": \"1\", \"question\": \"a\"} {} | something follows the object",
                "{\"id\": \"1\", \"question\": \"a\" | it is not valid JSON",
                "{\"id\": \"1\", \"id\": \"2\", \"question\": \"a\"} | it is not valid JSON",
            })
    void aLineThatIsNoQuestionIsNamed(String line, String reason) {
        assertThatThrownBy(() -> BatchQuestion.read(line, "q.jsonl:5"))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith("q.jsonl:5: this line is no question, because " + reason);
    }

    @Test
    void aFilterThatDoesNotParseIsNamedWithItsLine() {
        assertThatThrownBy(
                        () -> BatchQuestion.read("{\"id\":\"1\",\"question\":\"a\",\"filter\":\"x =\"}", "q.jsonl:5"))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith("q.jsonl:5: ");
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
