package dev.tandem.tuning.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.TextOptions;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterOfATableIsFoundAndEmptyRowsAreCounted(String delimiter) throws IOException {
        var file = file("tickets.txt", """
                id§subject§reply
                1§"Where, is it; a|b\there?
                I wait."§In the "post"
                2§§Yes
                3§Hello§
                4§Bye

                5§"He said ""no\"""§OK
                """.replace("§", delimiter));

        var collection = collect(file, "subject", "reply", Map.of("ticket", "id"), TextOptions.TOLD);

        assertThat(collection).isEqualTo(new Collection(5, 2, 1, 2));
        assertThat(folder.resolve("out.jsonl")).content().isEqualTo("""
                        {"messages":[{"role":"user","content":"Where, is it; a|b\\there?\\nI wait."},{"role":"assistant","content":"In the \\"post\\""}],"ticket":"1"}
                        {"messages":[{"role":"user","content":"He said \\"no\\""},{"role":"assistant","content":"OK"}],"ticket":"5"}
                        """);
    }

    @Test
    void aDelimiterOfOnesOwnAndASystemPromptAreTaken() throws IOException {
        var file = file("a.csv", "q^a\nwhy, so^because\n");
        var options = new TextOptions(Optional.empty(), Optional.of('^'));
        var settings = new Collection.Settings("q", "a", Optional.of("Be kind."), Map.of(), options, false);

        Collection.of(file, folder.resolve("out.jsonl"), settings, Progress.silent());

        assertThat(folder.resolve("out.jsonl")).content().contains("\"system\",\"content\":\"Be kind.\"", "why, so");
    }

    @Test
    void nestedJsonIsReachedByPathsAndTypesAreKept() throws IOException {
        var file = file("a.json", """
                [{"ticket": {"messages": [{"text": "Q?"}, {"text": "A."}], "n": 4}, "a.b": "flat"},
                 {"ticket": {"messages": [{"text": "Q?"}]}}]
                """);

        var collection = collect(
                file, "ticket.messages.0.text", "ticket.messages.1.text", Map.of("n", "ticket.n"), TextOptions.TOLD);

        assertThat(collection).isEqualTo(new Collection(2, 1, 0, 1));
        assertThat(folder.resolve("out.jsonl")).content().contains("\"Q?\"", "\"A.\"", "\"n\":4");
    }

    @Test
    void parquetIsCollected() {
        var file = Path.of("src/test/resources/parquet/tickets.parquet");
        assertThat(collect(file, "subject", "reply", Map.of(), TextOptions.TOLD))
                .isEqualTo(new Collection(3, 1, 1, 1));
    }

    @Test
    void aColumnThatIsNotThereIsNamedBesideThoseThatAre() throws IOException {
        var file = file("a.csv", "subject,reply\nq,a\n");
        assertThatThrownBy(() -> collect(file, "title", "reply", Map.of(), TextOptions.TOLD))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("\"title\"", "subject, reply");
        assertThatThrownBy(() -> collect(file, "subject", "reply", Map.of("x", "url"), TextOptions.TOLD))
                .hasMessageContaining("\"url\"");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
        assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
    }

    @Test
    void brokenTablesAreOneSentenceWithTheLine() throws IOException {
        var broken = Map.of(
                "a,b\n1,2\n1,2,3\n", "line 3: the row has 3 cells",
                "a,b\n1,2\n1,\"2\n", "line 3: from here on the quotes do not match",
                "a,a\n1,2\n", "\"a\" comes twice",
                "a,b\n", "holds no records",
                "a,b\n,x\n", "No record");
        broken.forEach((text, message) -> assertThatThrownBy(
                        () -> collect(file("a.csv", text), "a", "b", Map.of(), TextOptions.TOLD))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(message));
    }

    @Test
    void aTableFromASpreadsheetIsReadWhenItsEncodingIsNamed() throws IOException {
        var file = folder.resolve("a.csv");
        Files.writeString(file, "frage;antwort\nWo?;Zürich – nah\n", Charset.forName("windows-1252"));
        assertThatThrownBy(() -> collect(file, "frage", "antwort", Map.of(), TextOptions.TOLD))
                .hasMessageContainingAll("line 2", "Windows-1252");
        var named = new TextOptions(Optional.of(Charset.forName("windows-1252")), Optional.empty());
        collect(file, "frage", "antwort", Map.of(), named);
        assertThat(folder.resolve("out.jsonl")).content().contains("Zürich – nah");
    }

    @Test
    void aPublicTableIsCollectedWhole() throws IOException {
        var file = Path.of(System.getProperty("tandem.data", "../../shared/data"), "e2e-nlg", "devset.csv");
        assumeTrue(Files.isRegularFile(file), "the E2E collection is not here: " + file.toAbsolutePath());
        assertThat(collect(file, "mr", "ref", Map.of(), TextOptions.TOLD)).isEqualTo(new Collection(4672, 4672, 0, 0));
    }

    private Collection collect(
            Path file, String question, String answer, Map<String, String> fields, TextOptions options) {
        var settings = new Collection.Settings(question, answer, Optional.empty(), fields, options, false);
        return Collection.of(file, folder.resolve("out.jsonl"), settings, Progress.silent());
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
