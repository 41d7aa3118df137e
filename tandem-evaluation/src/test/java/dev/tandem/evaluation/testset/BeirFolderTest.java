package dev.tandem.evaluation.testset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeirFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeACollection() throws IOException {
        write(
                "corpus.jsonl",
                "{\"_id\":\"d 1\",\"title\":\"T\",\"text\":\"x\",\"metadata\":{}}\n{\"_id\":2,\"text\":\"\"}\n");
        write("queries.jsonl", "{\"_id\":\"q1\",\"text\":\"one?\"}\n{\"_id\":\"train\",\"text\":\"two?\"}\n");
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td 1\t2\nq1\t2\t0\n");
    }

    @Test
    void aFolderIsReadWithTheQueriesThatTheSplitJudges() {
        BeirFolder beir = BeirFolder.open(folder, BeirFolder.TEST);
        assertThat(beir.queries()).containsExactly(new TestQuery("q1", "one?"));
        assertThat(beir.qrels()).isEqualTo(new Qrels(Map.of("q1", Map.of("d 1", 2, "2", 0))));
        assertThat(corpus(beir)).containsExactly(new TestDocument("d 1", "T", "x"), new TestDocument("2", "", ""));
        assertThat(beir.name()).isEqualTo(String.valueOf(folder.getFileName()));
    }

    @Test
    void byteOrderMarksWindowsLineEndsAndAMissingHeaderAreNoObstacle() throws IOException {
        write("queries.jsonl", "\uFEFF{\"_id\":\"q1\",\"text\":\"one?\"}\r\n\r\n");
        write("qrels/test.tsv", "\uFEFFq1\td 1\t2\r\n");
        assertThat(BeirFolder.open(folder, "test").qrels().judgements()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"_id\":\"d 1\",\"text\":\"again\"}| the id 'd 1' came before",
                "{\"_id\":\"x\"}| the field \"text\" is missing",
                "{\"text\":\"x\"}| the field \"_id\" is missing",
                "{\"_id\":\"\",\"text\":\"x\"}| \"_id\" is empty",
                "{\"_id\":\"x\",\"text\":[1]}| \"text\" is no text",
                "{\"_id\":\"x\",\"text\":| the line is no JSON",
                "{\"_id\":\"x\",\"text\":\"y\"} {}| the line is no JSON",
                "[1]| the line is no JSON object",
            })
    void aMalformedDocumentIsNamedWithItsLine(String line, String problem) throws IOException {
        write("corpus.jsonl", "{\"_id\":\"d 1\",\"text\":\"x\"}\n" + line + "\n");
        BeirFolder beir = BeirFolder.open(folder, "test");
        assertThatThrownBy(() -> corpus(beir))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("corpus.jsonl, line 2: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q1 d1 1| 1 columns instead of 3",
                "q1<TAB>d1<TAB>high| the grade 'high' is no whole number",
                "q1<TAB>d 1<TAB>1| document 'd 1' was already judged for query 'q1'",
                "<TAB>d 1<TAB>1| an id is empty",
            })
    void aMalformedJudgementIsNamedWithItsLine(String line, String problem) throws IOException {
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td 1\t1\n" + line.replace("<TAB>", "\t"));
        assertThatThrownBy(() -> BeirFolder.open(folder, "test"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("test.tsv, line 3: " + problem);
    }

    @Test
    void whatIsMissingIsNamedWithTheWayOut() throws IOException {
        assertThatThrownBy(() -> BeirFolder.open(folder, "dev"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("no split 'dev'")
                .hasMessageContaining("use one of test");
        assertThatThrownBy(() -> BeirFolder.open(folder.resolve("qrels"), "test"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("corpus.jsonl is missing");
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq9\td\t1\n");
        assertThatThrownBy(() -> BeirFolder.open(folder, "test"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("Query 'q9'");
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n");
        assertThatThrownBy(() -> BeirFolder.open(folder, "test"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("has no judgements");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(file, content);
    }

    private static List<TestDocument> corpus(BeirFolder beir) {
        List<TestDocument> all = new ArrayList<>();
        try (TestDocuments documents = beir.documents()) {
            for (Optional<TestDocument> next = documents.next(); next.isPresent(); next = documents.next()) {
                all.add(next.get());
            }
        }
        return all;
    }
}
